import { isMoveAsk, type MoveAsk } from '../../../src/core/commands/ask';
import { parseCommand } from '../../../src/core/commands/parse';
import { isWithin, type AllowedMachine, type Envelope } from '../../../src/core/moves/envelope';
import { refuseEnvelope } from '../../../src/core/moves/refuse-envelope';

const asked: AllowedMachine = { id: 'a', name: 'web-01', from: 'h1', storage: null };
const maker: AllowedMachine = { id: 'b', name: 'web-02', from: 'h2', storage: null, room: true };
const mover = { hosts: ['h1', 'h2', 'h3', 'h4'], words: [] };

function askOf(text: string): MoveAsk {
  const parsed = parseCommand('/hv', text);
  if (!parsed.ok || !isMoveAsk(parsed.ask)) throw new Error(text);
  return parsed.ask;
}

function judged(text: string, change: Partial<Envelope>): string | null {
  const envelope = { machines: [asked, maker], destinations: ['h2', 'h3'], ...change };
  return refuseEnvelope(envelope, askOf(text), mover);
}

const MORE = 'The plan allows more than was asked for.';

describe('a machine of another host', () => {
  it('may make room where that was asked for', () => {
    expect(judged('drain h1 --make-room', {})).toBeNull();
    expect(judged('drain h1 to h2,h3 --make-room', {})).toBeNull();
  });

  it.each<[string, string, Partial<Envelope>]>([
    ['where it was not asked for', 'drain h1', {}],
    [
      'where it does not say so',
      'drain h1 --make-room',
      { machines: [{ ...maker, room: undefined }] as never },
    ],
    ['of a host that is emptied', 'drain h1 --make-room', { machines: [{ ...maker, from: 'h1' }] }],
    ['off a host that nothing goes to', 'drain h1 --make-room', { destinations: ['h3'] }],
    ['off a host beside those that were named', 'drain h1 to h3 --make-room', {}],
    [
      'with its disks where none were to be copied',
      'drain h1 --make-room --no-storage',
      { machines: [{ ...maker, storage: 'D:\\x' }] },
    ],
    ['where machines return', 'drain h1 --return', { returns: true }],
    ['where machines were named', 'migrate web-02 -> h3', { machines: [maker], destinations: ['h3'] }],
    ['where machines are brought back', 'return h3', { machines: [maker], destinations: ['h3'] }],
    ['where hosts are evened out', 'rebalance', { machines: [maker] }],
  ])('may not %s', (_where, text, change) => {
    expect(judged(text, change)).toBe(MORE);
  });

  it('never has its disks moved within its host', () => {
    const envelope = { machines: [{ ...maker, storage: 'D:\\x' }], destinations: ['h2'] };
    const move = { machine: 'b', from: 'h2', to: 'h2', storage: 'D:\\x' };
    expect(isWithin(envelope, move)).toBe(false);
    // Of one that was asked about that is what `--storage-only` is.
    const { room: _, ...named } = maker;
    expect(isWithin({ ...envelope, machines: [{ ...named, storage: 'D:\\x' }] }, move)).toBe(true);
  });
});
