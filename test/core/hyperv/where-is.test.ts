import fc from 'fast-check';
import type { HostReading, MachineReading } from '../../../src/core/hyperv-port';
import { cleanUp } from '../../../src/core/hyperv/clean-up';
import { whereIs } from '../../../src/core/hyperv/where-is';
import { fabricAt } from '../../support/fabric';

const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'];
const ID = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';

interface At {
  readonly is?: Partial<MachineReading>;
  readonly isPlanned?: boolean;
  readonly isSilent?: boolean;
}

let blank: HostReading;
let machine: MachineReading;
beforeAll(async () => {
  const [reading] = await fabricAt(() => 1_764_000_000_000).hyperV.inventory(['hyper-v01']);
  const found = reading?.facts?.machines.find(({ id }) => id === ID);
  if (!reading?.facts || !found) throw new Error('the practice fabric has no web-01');
  machine = found;
  blank = { ...reading, facts: { ...reading.facts, machines: [], planned: [] } };
});

function readingOf(host: string, { is, isPlanned = false, isSilent = false }: At): HostReading {
  if (isSilent || !blank.facts) return { host, at: 1, facts: null, silent: { code: '', message: 'nothing' } };
  const machines = is ? [{ ...machine, ...is }] : [];
  return {
    ...blank,
    host,
    facts: { ...blank.facts, machines, planned: isPlanned ? [{ id: ID, name: 'web-01' }] : [] },
  };
}

const readingsOf = (...all: readonly At[]) => all.map((each, at) => readingOf(HOSTS[at] ?? '', each));
const look = (...all: readonly At[]) => whereIs(ID, readingsOf(...all));

const running: At = { is: { state: 'running' } };
const off: At = { is: { state: 'off' } };
const silent: At = { isSilent: true };
const planned: At = { isPlanned: true };

describe('where a machine is', () => {
  it.each<[string, At[], object]>([
    ['where it runs', [running, {}], { where: 'here', host: 'hyper-v01', copies: [] }],
    [
      'where it runs, and off elsewhere',
      [off, running],
      { where: 'here', host: 'hyper-v02', copies: [{ host: 'hyper-v01', kind: 'registered', state: 'off' }] },
    ],
    [
      'where it runs, and half made elsewhere',
      [running, planned],
      { where: 'here', host: 'hyper-v01', copies: [{ host: 'hyper-v02', kind: 'planned', state: null }] },
    ],
    [
      'where it runs, though another host is silent',
      [running, silent],
      { where: 'here', silent: ['hyper-v02'] },
    ],
    ['where it is off, and nowhere else', [off, {}], { where: 'here', host: 'hyper-v01' }],
    ['not known when it is off, and another host is silent', [off, silent], { where: 'unknown' }],
    ['not known when nobody has it, and a host is silent', [{}, silent], { where: 'unknown', name: null }],
    ['not known when nobody was asked', [], { where: 'unknown' }],
    ['nowhere when nobody has it', [{}, {}], { where: 'nowhere' }],
    ['nowhere when it is half made alone', [{}, planned], { where: 'nowhere', name: 'web-01' }],
    [
      'doubled when it runs twice',
      [running, running],
      { where: 'doubled', hosts: ['hyper-v01', 'hyper-v02'] },
    ],
    ['doubled when it is off twice', [off, {}, off], { where: 'doubled', hosts: ['hyper-v01', 'hyper-v03'] }],
    ['not known when it runs twice, and a host is silent', [running, running, silent], { where: 'unknown' }],
    [
      'not known while it is handed over',
      [{ is: { state: 'running', isBusy: true } }, running],
      { where: 'unknown', isMoving: true },
    ],
    [
      'where it runs when a second one holds a saved state',
      [running, { is: { state: 'saved' } }],
      { where: 'here', copies: [{ kind: 'registered', state: 'saved' }] },
    ],
  ])('%s', (_, all, expected) => {
    expect(look(...all)).toMatchObject(expected);
  });

  const at = fc.record({
    is: fc.option(
      fc.record({
        state: fc.constantFrom<MachineReading['state']>('running', 'off', 'saved', 'paused', 'other'),
        isBusy: fc.boolean(),
      }),
      { nil: undefined },
    ),
    isPlanned: fc.boolean(),
    isSilent: fc.boolean(),
  });

  it('is never said to be lost or doubled when a host is silent, and does not depend on who is read first', () => {
    fc.assert(
      fc.property(fc.array(at, { minLength: 1, maxLength: 3 }), (all) => {
        const readings = readingsOf(...(all as At[]));
        const found = whereIs(ID, readings);
        const allowed = all.some(({ isSilent }) => isSilent)
          ? ['here', 'unknown']
          : ['here', 'unknown', 'doubled', 'nowhere'];
        expect(allowed).toContain(found.where);
        const { where, isMoving } = found;
        const host = where === 'here' ? { host: found.host, reading: found.reading } : {};
        expect(whereIs(ID, readings.toReversed())).toMatchObject({ where, isMoving, ...host });
      }),
    );
  });

  it('is told of a machine that runs at one host, whatever a broken move has left at the others', () => {
    const left = fc.constantFrom<At>({}, off, planned, silent);
    fc.assert(
      fc.property(left, left, fc.boolean(), (one, other, isHeard) => {
        const found = look(one, isHeard ? running : silent, other);
        expect(found).toMatchObject(isHeard ? { where: 'here', host: 'hyper-v02' } : { where: 'unknown' });
        const acts = cleanUp(found);
        expect(acts.filter(({ host }) => host === 'hyper-v02')).toEqual([]);
        expect(acts.every(({ command }) => (command !== null) === isHeard)).toBe(true);
      }),
    );
  });
});

describe('what is done about a copy', () => {
  it('is said with the command that removes it, or without one where it must not go unseen', () => {
    expect(cleanUp(look(running, off))).toEqual([
      {
        host: 'hyper-v02',
        sentence:
          'web-01 is at hyper-v01; a second one with the same id is at hyper-v02, switched off. Removing it takes its configuration away; the files of its disks there, if any, stay.',
        command: `Get-VM -ComputerName hyper-v02 -Id ${ID} | Where-Object State -eq Off | Remove-VM -Force`,
      },
    ]);
    expect(cleanUp(look(running, { is: { state: 'saved' } }))).toMatchObject([{ command: null }]);
    expect(cleanUp(look({ is: { state: 'running', isBusy: true } }, planned))).toEqual([]);
    expect(cleanUp(look({}, planned))).toMatchObject([
      { sentence: expect.stringContaining('is not known'), command: null },
    ]);
    expect(cleanUp(look(off, off)).map(({ host, command }) => [host, command])).toEqual([
      ['hyper-v01', null],
      ['hyper-v02', null],
    ]);
  });

  it('never makes a command of what a host says', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('hyper-v02; Remove-VM *', "x' | iex", '$(x)', 'a`nb'));
    fc.assert(
      fc.property(text, text, (name, host) => {
        const here = readingOf('hyper-v01', { is: { state: 'running', name } });
        const there = readingOf(host, off);
        for (const { command } of cleanUp(whereIs(ID, [here, there]))) {
          expect(command ?? '').toMatch(
            /^(?:Get-VM -ComputerName [A-Za-z0-9-]{1,15} -Id [0-9a-f-]{36} \| .*|)$/,
          );
        }
      }),
    );
    const odd = { ...running, is: { ...running.is, id: "x' | iex" } };
    const twin = { ...off, is: { ...off.is, id: "x' | iex" } };
    expect(cleanUp(whereIs("x' | iex", readingsOf(odd, twin)))).toMatchObject([{ command: null }]);
  });
});
