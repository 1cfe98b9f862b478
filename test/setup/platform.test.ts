import { requireNode } from '../../setup/steps/node-version.mjs';
import { chooseWay, isDebianLike, type Machine, PARTS } from '../../setup/steps/platform.mjs';
import { missingPrograms } from '../../setup/steps/programs.mjs';
import { installByPart, servicesIn } from '../../setup/steps/system-packages.mjs';

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

  it('is one line to run for who is not root, whether the programs are there all the same or not', () => {
    const line = 'sudo apt-get install --no-install-recommends samba redis-server';
    expect(chooseWay({ ...fresh, isRoot: false })).toEqual({ kind: 'tell', line });
    expect(chooseWay({ ...fresh, isRoot: false, missingPrograms: [] })).toEqual({ kind: 'tell', line });
  });

  it('is to name what is lacking, and nothing else, on other systems', () => {
    const other: Machine = { ...complete, isDebian: false };
    expect(chooseWay({ ...other, missingPrograms: ['samba', 'kvno'] })).toEqual({
      kind: 'tell',
      line: 'Install Samba AD DC with MIT Kerberos tools in the way of your system (not found: samba, kvno).',
    });
    expect(chooseWay({ ...other, missingPrograms: ['redis-server', 'chromium'] })).toEqual({
      kind: 'tell',
      line: 'Install Redis ≥ 6.2, Chromium in the way of your system (not found: redis-server, chromium).',
    });
  });

  it('does not install again what is installed but not on PATH', () => {
    expect(chooseWay({ ...complete, missingPrograms: ['kvno'] })).toEqual({
      kind: 'tell',
      line: 'Not found on PATH: kvno.',
    });
  });

  it('asks for each package and program once', () => {
    for (const kind of ['packages', 'programs'] as const) {
      const names = Object.values(PARTS).flatMap((part) => part[kind]);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('the installation', () => {
  const parts = ['redis', 'domain', 'chromium'] as const;
  const missing = ['redis-server', 'samba', 'krb5-user', 'chromium'];
  const said = jest.spyOn(console, 'log');
  afterAll(() => said.mockRestore());

  /** What apt-get is asked to do when it refuses everything that matches. */
  async function install(
    refused: RegExp,
    packages = missing,
  ): Promise<{ asked: string[]; installed: string[] }> {
    said.mockImplementation(() => undefined);
    const asked: string[] = [];
    const installed = await installByPart(parts, packages, (args) => {
      const words = args.filter((word) => /^[a-z]/.test(word) && word !== 'install').join(' ');
      asked.push(words);
      return Promise.resolve(
        refused.test(words) ? { code: 100, output: `E: no ${words}` } : { code: 0, output: '' },
      );
    });
    return { asked, installed };
  }

  it('goes part by part, and asks for nothing that is there', async () => {
    const { asked, installed } = await install(/nothing/);
    expect(asked).toEqual(['update', 'redis-server', 'samba krb5-user', 'chromium']);
    expect(installed).toEqual(missing);
    expect((await install(/nothing/, ['chromium'])).asked).toEqual(['update', 'chromium']);
  });

  it('goes on after a part that cannot be had, and says how to get it', async () => {
    const { installed } = await install(/samba/);
    expect(installed).toEqual(['redis-server', 'chromium']);
    expect(said.mock.calls.flat()).toEqual([
      'Samba AD DC with MIT Kerberos tools could not be installed:\nE: no samba krb5-user\n' +
        'apt-get install --no-install-recommends samba krb5-user',
    ]);
  });

  it('tries although the lists could not be brought up to date, and tells it when that fails too', async () => {
    expect((await install(/update/)).installed).toEqual(missing);
    expect(said.mock.calls).toEqual([]);
    await install(/update|redis/);
    expect(said.mock.calls.flat().join('\n')).toContain('E: no update\nE: no redis-server');
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
