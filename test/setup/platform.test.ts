import { requireNode } from '../../setup/steps/node-version.mjs';
import { chooseWay, isDebianLike, type Machine, PACKAGES, PROGRAMS } from '../../setup/steps/platform.mjs';
import { missingPrograms } from '../../setup/steps/programs.mjs';
import { servicesIn } from '../../setup/steps/system-packages.mjs';

const complete: Machine = { isDebian: true, isRoot: true, missingPackages: [], missingPrograms: [] };
const fresh: Machine = {
  ...complete,
  missingPackages: ['samba', 'redis-server'],
  missingPrograms: ['samba', 'redis-server'],
};

describe('the way to the parts of the lab', () => {
  it('is to install the missing packages on Debian as root', () => {
    expect(chooseWay(fresh)).toEqual({ kind: 'install', packages: ['samba', 'redis-server'] });
    expect(chooseWay({ ...fresh, missingPrograms: [] })).toMatchObject({ kind: 'install' });
  });

  it('is nothing when all is there', () => {
    expect(chooseWay(complete)).toEqual({ kind: 'ready' });
    expect(chooseWay({ ...complete, isRoot: false })).toEqual({ kind: 'ready' });
    expect(chooseWay({ ...complete, isDebian: false })).toEqual({ kind: 'ready' });
  });

  it('is one line to run for who is not root', () => {
    expect(chooseWay({ ...fresh, isRoot: false })).toEqual({
      kind: 'tell',
      line: 'sudo apt-get install --no-install-recommends samba redis-server',
      mayGoOn: false,
    });
  });

  it('goes on after that line when the programs are there all the same', () => {
    expect(chooseWay({ ...fresh, isRoot: false, missingPrograms: [] })).toMatchObject({
      kind: 'tell',
      mayGoOn: true,
    });
  });

  it('names what it needs on other systems, and stops', () => {
    const way = chooseWay({ ...fresh, isDebian: false, missingPackages: [] });
    expect(way).toMatchObject({ kind: 'tell', mayGoOn: false });
    expect(JSON.stringify(way)).toContain('Samba AD DC, Redis ≥ 6.2, MIT Kerberos tools');
  });

  it('does not install again what is installed but not on PATH', () => {
    expect(chooseWay({ ...complete, missingPrograms: ['kvno'] })).toEqual({
      kind: 'tell',
      line: 'Not found on PATH: kvno.',
      mayGoOn: false,
    });
  });

  it('asks for each package and program once', () => {
    expect(new Set(PACKAGES).size).toBe(PACKAGES.length);
    expect(new Set(PROGRAMS).size).toBe(PROGRAMS.length);
  });
});

describe('the machine', () => {
  it.each([
    ['ID=debian\n', true],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', true],
    ['ID="linuxmint"\nID_LIKE="ubuntu debian"\n', true],
    ['ID=linuxmint\nID_LIKE=ubuntu\n', true],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', false],
    ['PRETTY_NAME="not debian"\n', false],
    ['', false],
  ])('is Debian or not: %j', (text, expected) => {
    expect(isDebianLike(text)).toBe(expected);
  });

  it('has a program or not', () => {
    expect(missingPrograms(['sh', 'no-such-program'], '/bin:/usr/bin')).toEqual(['no-such-program']);
    expect(missingPrograms(['sh'], '')).toEqual(['sh']);
  });

  it.each(['20.19.0', '20.20.2', '22.0.0'])('may run Node %s', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(['20.18.3', '18.20.0'])('may not run Node %s', (version) => {
    expect(() => requireNode(version)).toThrow(`needs Node 20.19 or newer; this is Node ${version}`);
  });

  it('shows the services among files, once each and without templates', () => {
    const files = [
      '/usr/lib/systemd/system/smbd.service',
      '/lib/systemd/system/smbd.service',
      '/lib/systemd/system/redis-server@.service',
      '/lib/systemd/system/samba.target',
      '/usr/share/doc/smbd.service',
    ];
    expect(servicesIn(files.join('\n'))).toEqual(['smbd.service']);
  });
});
