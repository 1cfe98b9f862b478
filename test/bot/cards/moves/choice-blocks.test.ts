import { readCommandButton } from '../../../../src/bot/actions/command-button';
import { buttonsOf } from '../../../../src/bot/cards/buttons';
import { card } from '../../../../src/bot/cards/card';
import { choiceBlocks } from '../../../../src/bot/cards/moves/choice-blocks';
import { movePlanLines } from '../../../../src/bot/cards/moves/plan-lines';
import { parseCommand } from '../../../../src/core/commands/parse';
import type { RequestRecord } from '../../../../src/core/request/record';
import { policy, requester, signed } from '../../../support/request-record';
import { everyMoveState, machineId } from '../../support/move-states';
import { rendered } from '../../support/rendered';

const state = (name: string): RequestRecord => {
  const record = everyMoveState[name];
  if (!record) throw new Error(`there is no state ${name}`);
  return record;
};
const waiting = state('moves with choices');

/** The menus of a card: their commands. */
const menus = (record: RequestRecord): readonly (readonly string[])[] =>
  choiceBlocks(record).flatMap((block) =>
    block.type === 'section' && block.accessory?.type === 'overflow'
      ? [block.accessory.options.map(({ value }) => value ?? '')]
      : [],
  );

describe('the card of a drain that waits', () => {
  it('has a menu for each of the first machines that need not stay, and names the command for the others', () => {
    const found = menus(waiting);
    expect(found).toHaveLength(5);
    expect(found[0]).toEqual(
      ['eject', 'shut-down', 'leave'].map((choice) => `/hv choose R-1042 ${machineId(10)} ${choice}`),
    );
    expect(rendered({ text: '', blocks: choiceBlocks(waiting) })).toContain(
      '… and 2 more: /hv choose R-1042 MACHINE',
    );
    expect(card(waiting, policy).blocks).toEqual(expect.arrayContaining([...choiceBlocks(waiting)]));
  });

  it('has menus whose values are commands that are understood', () => {
    const [command = ''] = menus(waiting)[0] ?? [];
    const read = readCommandButton('command.choose-0', command);
    const ask = { verb: 'choose', request: 'R-1042', machine: machineId(10), choice: 'eject' };
    expect(parseCommand(read?.entry ?? 'mention', read?.text ?? '')).toEqual({ ok: true, ask });
  });

  it('offers nothing twice, nothing to what can only stay, and nothing once it is decided', () => {
    const word = { kind: 'instruction' as const, intake: waiting.id, what: 'choice' as const };
    const left = { ...word, machine: machineId(10), choice: 'leave' as const, by: requester, at: 1 };
    const offered = menus({ ...waiting, instructions: [signed(left)] })[0];
    expect(offered?.map((value) => value.split(' ').at(-1))).toEqual(['eject', 'shut-down']);
    const { plan } = waiting;
    const staying = plan?.forecast?.staying.map((each) => ({ ...each, choices: ['leave'] })) ?? [];
    const stuck = plan?.forecast && { ...plan, forecast: { ...plan.forecast, staying } };
    expect(choiceBlocks({ ...waiting, plan: stuck ?? null })).toEqual([]);
    expect(choiceBlocks({ ...waiting, state: 'approved' })).toEqual([]);
  });

  it('offers no leaving where nothing moves yet, and nothing to approve', () => {
    const record = state('moves waiting for a choice');
    expect(menus(record)).toEqual([
      ['eject', 'shut-down'].map((choice) => `/hv choose R-1042 ${machineId(10)} ${choice}`),
    ]);
    const glass = {
      ...policy,
      'live-move': {
        requesters: 'anyone' as const,
        approvers: ['U0APPROVER'],
        quorum: 2,
        breakGlass: ['U0APPROVER'],
      },
    };
    expect(buttonsOf(record, glass).map(({ action_id: id }) => id)).toEqual([
      'request.deny',
      'request.withdraw',
    ]);
  });

  it('says what is done to a machine before it moves, and what does not run stands apart', () => {
    const { plan } = waiting;
    if (!plan?.forecast) throw new Error('there is no plan');
    const moves = plan.forecast.moves.map((move) =>
      move.name === 'sql-01' ? { ...move, kind: 'cold' as const } : move,
    );
    const lines = movePlanLines({ ...plan, forecast: { ...plan.forecast, moves } }, 'Change');
    const at = (wanted: string): number => lines.findIndex((line) => line.includes(wanted));
    expect(lines[at('web-02')]).toContain('its drive emptied first');
    expect(lines[at('web-01')]).toContain('shut down by its guest, moved cold, and started again there');
    expect(lines.slice(at('web-02'), at('web-01') + 1)).toEqual([
      lines[at('web-02')],
      'Cold, since they are off or saved:',
      lines[at('sql-01')],
      'Stopped for their move:',
      lines[at('web-01')],
    ]);
  });
});

describe('the card of a drain that runs', () => {
  const said = (name: string): string => rendered(card(state(name), policy));

  it('says which machine is made ready, and which is started again', () => {
    const text = said('moves running, machines made ready');
    expect(text).toContain('web-01 is being shut down by its guest for its move; it is not switched off.');
    expect(text).toContain('web-02 has an empty drive, and moves next.');
    expect(said('moves running, one started again')).toContain('web-01 is started again where it is.');
  });

  it('says in the end what was left by choice, and what did not shut down', () => {
    expect(said('moves done, one left by choice')).toContain('1 machine was left by choice: web-01.');
    expect(said('moves done, one left by choice')).toContain('web-01 (left by choice)');
    expect(said('moves partial, one not shut down')).toContain(
      'It was not switched off. web-01 is still on hyper-v01.',
    );
  });
});
