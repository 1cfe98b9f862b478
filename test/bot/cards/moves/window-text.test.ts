import { beginsText, windowText } from '../../../../src/bot/cards/moves/window-text';
import { thread } from '../../../../src/bot/reports/thread';
import type { RequestRecord } from '../../../../src/core/request/record';
import { NOW } from '../../../support/request-record';
import { everyMoveState } from '../../support/move-states';
import { rules } from '../../support/usual-request';

const SATURDAY = '<!date^1795831200^{date_short_pretty} {time}|2026-11-28 02:00 UTC>';

function stateOf(name: string): RequestRecord {
  const record = everyMoveState[name];
  if (!record) throw new Error(name);
  return record;
}

const held = stateOf('moves running, the window to come');
const begins = (record: RequestRecord): readonly string[] =>
  thread(record, rules).flatMap(({ key, message }) => (key.startsWith('begins') ? [message.text] : []));

describe('the thread of a request that waits for its window', () => {
  it('says once when moves begin, from the approval on', () => {
    expect(begins(stateOf('moves waiting, for a window'))).toEqual([]);
    expect(begins(held)).toEqual([`🕘 R-1042: moves begin ${SATURDAY}.`]);
    expect(begins(stateOf('moves partial, one left'))).toEqual([]);
    expect(begins(stateOf('moves running'))).toEqual([]);
  });

  it('says nothing of a window that was open at the approval', () => {
    const [decision] = held.decisions;
    if (!decision) throw new Error('no decision');
    const late = { ...decision, statement: { ...decision.statement, at: NOW + 6 * 86_400_000 } };
    expect(beginsText({ ...held, decisions: [late] }, rules)).toBeNull();
  });
});

describe('the card', () => {
  it('reckons by the zone of the bot’s handover.yaml', () => {
    const berlin = windowText(held, { ...rules, timeZone: 'Europe/Berlin' });
    expect(berlin).toContain('2026-11-28 01:00 UTC');
    expect(windowText(held, rules)).toContain('2026-11-28 02:00 UTC');
  });

  it('says nothing of it once the request is over, or where nothing was said', () => {
    expect(windowText(stateOf('moves partial, one left'), rules)).toBeNull();
    expect(windowText(stateOf('moves waiting'), rules)).toBeNull();
  });
});
