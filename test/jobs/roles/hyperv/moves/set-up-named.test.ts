import { isChange } from '../../../../../src/core/commands/ask';
import { parseCommand } from '../../../../../src/core/commands/parse';
import { UNPREPARED } from '../../../../support/fabric';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { requester } from '../../../../support/request-record';

const NEEDED = { enabled: true, auth: 'kerberos' } as const;
const COMMAND = 'migrate web-01 -> hyper-v02';

let stage: MoveStage;
afterEach(() => stage.stop());

const migrationOf = (host: string) =>
  stage.fabric.at(stage.clock.now()).hosts.find(({ name }) => name === host)?.migration;

async function begin(...unprepared: readonly string[]): Promise<void> {
  const hosts = Object.fromEntries(unprepared.map((host) => [host, { migration: UNPREPARED }]));
  stage = await new MoveStage(MOVE_POLICY, { hosts }).begin();
}

describe('hosts that named machines leave and go to, and that are not set up', () => {
  it('are set up first, after the directory, to what moves need and no more', async () => {
    await begin('hyper-v01', 'hyper-v02', 'hyper-v03');
    const { plan } = await stage.ask(COMMAND);
    expect(plan?.directory.changes).toHaveLength(1);
    expect(plan?.hosts.settings.map(({ host, by, after }) => [host, by, after])).toEqual([
      ['hyper-v01', 'worker', NEEDED],
      ['hyper-v02', 'worker', NEEDED],
    ]);
    await stage.approve(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
    expect(migrationOf('hyper-v02')).toEqual({ ...UNPREPARED, ...NEEDED });
    expect(migrationOf('hyper-v03')).toEqual(UNPREPARED);
    const order = (await stage.audited()).filter((what) =>
      ['outcome', 'host.intent', 'host.outcome', 'move.intent'].includes(what),
    );
    expect([...new Set(order)]).toEqual(['outcome', 'host.intent', 'host.outcome', 'move.intent']);
    expect(order.lastIndexOf('host.outcome')).toBeLessThan(order.indexOf('move.intent'));
  });

  it('are set back by an undo where nothing of the directory was written', async () => {
    await begin('hyper-v02');
    stage.delegateAll();
    await stage.ask(COMMAND);
    await stage.approve(300_000);
    const { plan } = await stage.undo();
    expect(plan?.hosts.settings).toMatchObject([{ host: 'hyper-v02', before: NEEDED }]);
    await stage.approve();
    expect(migrationOf('hyper-v02')).toEqual(UNPREPARED);
  });

  it('are shown before anybody asks for it, and nothing is set', async () => {
    await begin('hyper-v02');
    const parsed = parseCommand('/hv', `${COMMAND} --plan`);
    if (!parsed.ok || !isChange(parsed.ask)) throw new Error('it cannot be read');
    const { moves } = await stage.client.preview(parsed.ask, requester);
    expect(moves?.hosts).toMatchObject({
      settings: [{ host: 'hyper-v02', by: 'worker', after: NEEDED }],
      envelope: { destinations: ['hyper-v02'] },
    });
    expect(migrationOf('hyper-v02')).toEqual(UNPREPARED);
  });

  it('are left alone where nothing is to be set up first, and nothing moves', async () => {
    await begin('hyper-v02');
    const ended = await stage.ask(`${COMMAND} --no-delegate`);
    expect(ended).toMatchObject({ state: 'refused', plan: { hosts: { settings: [], envelope: null } } });
    expect(ended.ending?.problem?.code).toBe('move.kerberos-at-both-ends');
  });
});
