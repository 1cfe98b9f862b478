import { parseCommand } from '../../../src/core/commands/parse';
import { isMoveAsk, type MoveAsk } from '../../../src/core/commands/ask';
import { printAsk } from '../../../src/core/commands/print';
import { delegationFor } from '../../../src/core/moves/delegation-for';
import { isWithin, type Envelope } from '../../../src/core/moves/envelope';
import { refuseEnvelope } from '../../../src/core/moves/refuse-envelope';

const id = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const machine = { id, name: 'web-01', from: 'hyper-v01', storage: 'D:\\VMs\\web-01', home: 'E:\\web-01' };
const envelope: Envelope = { machines: [machine], destinations: ['hyper-v02', 'hyper-v03'], returns: true };
const { returns: _, ...oneWay } = envelope;

function asked(text: string): MoveAsk {
  const parsed = parseCommand('/hv', text);
  if (!parsed.ok || !isMoveAsk(parsed.ask)) throw new Error(text);
  return parsed.ask;
}

describe('an envelope whose machines return', () => {
  const back = { machine: id, from: 'hyper-v02', to: 'hyper-v01', storage: 'E:\\web-01' };

  it('lets a machine go back to its own host, into its own folder, and nowhere else', () => {
    expect(isWithin(envelope, back)).toBe(true);
    expect(isWithin(envelope, { ...back, storage: null })).toBe(true);
    expect(isWithin(envelope, { ...back, storage: machine.storage })).toBe(false);
    expect(isWithin(envelope, { ...back, to: 'hyper-v04' })).toBe(false);
    expect(isWithin(envelope, { ...back, from: 'hyper-v04' })).toBe(false);
    expect(isWithin(oneWay, back)).toBe(false);
  });

  it.each([
    ['shut-down', 'shut-down'],
    ['save', 'save'],
    ['eject', null],
  ] as const)('does %s before both ways alike, but for a drive that is empty', (first, again) => {
    const stopped = { ...envelope, machines: [{ ...machine, first }] };
    const away = { machine: id, from: 'hyper-v01', to: 'hyper-v02', storage: null };
    expect(isWithin(stopped, { ...away, first })).toBe(true);
    expect(isWithin(stopped, { ...away, first: null })).toBe(false);
    const ways = [null, 'shut-down', 'save', 'eject'] as const;
    expect(ways.filter((each) => isWithin(stopped, { ...back, first: each }))).toEqual([again]);
  });

  it('needs the delegations of both ways, as one command that can be read back', () => {
    const wish = delegationFor(asked('drain hyper-v01 --return'), envelope);
    expect(wish && printAsk(wish)).toBe('delegate hyper-v01 <-> hyper-v02,hyper-v03 cifs,migration');
    const both = {
      ...envelope,
      machines: [machine, { ...machine, id: id.replace('1', '2'), from: 'hyper-v02' }],
    };
    const rolling = delegationFor(asked('drain hyper-v01,hyper-v02 --rolling'), {
      ...both,
      destinations: ['hyper-v01', 'hyper-v02'],
    });
    const text = rolling ? printAsk(rolling) : '';
    expect(parseCommand('/hv', text)).toMatchObject({ ok: true, ask: rolling });
  });

  it.each([
    ['drain hyper-v01 --return', envelope, null],
    ['drain hyper-v01 --rolling', envelope, null],
    ['drain hyper-v01', oneWay, null],
    ['drain hyper-v01', envelope, 'The plan allows more than was asked for.'],
    ['rebalance', envelope, 'The plan allows more than was asked for.'],
    ['drain hyper-v01,hyper-v02 --rolling', envelope, null],
    ['drain hyper-v01,hyper-v02 --return', envelope, 'The plan allows more than was asked for.'],
    ['drain hyper-v01 to hyper-v02 --return', envelope, 'The plan allows more than was asked for.'],
  ])('is judged by what was asked for: %s', (text, given, expected) => {
    expect(refuseEnvelope(given, asked(text), null)).toBe(expected);
  });

  it('takes no disk home to a share that nobody has typed', () => {
    const away = { ...envelope, machines: [{ ...machine, home: '\\\\files01\\vms' }] };
    expect(refuseEnvelope(away, asked('drain hyper-v01 --return'), null)).toMatch(/share/);
  });
});
