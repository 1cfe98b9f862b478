import { NO_HISTORY } from '../../../../src/core/delegation/history';
import type { PlanInput } from '../../../../src/core/delegation/pairs';
import { planUndo } from '../../../../src/core/delegation/undo';
import type { UndoAsk } from '../../../../src/core/commands/ask';
import { Stage } from '../../../support/directory-stage';
import { modes } from '../../../support/request-record';
import { carryOut, rules } from './support';

const MIGRATION = 'Microsoft Virtual System Migration Service';

it('undo of the removal of a mesh of 33 hosts is not too large', () => {
  const hosts = Array.from({ length: 33 }, (_, at) => `h${at}`);
  const steps = hosts.map((host) => ({
    guid: host,
    attribute: 'msDS-AllowedToDelegateTo' as const,
    added: [],
    kept: [],
    trusted: false,
    removed: hosts
      .filter((other) => other !== host)
      .flatMap((other) =>
        [other, `${other}.mabofeng.com`].flatMap((name) => [`cifs/${name}`, `${MIGRATION}/${name}`]),
      ),
  }));
  const observation = {
    server: 'dc1',
    at: 0,
    hosts: [],
    all: [],
    delegating: [],
    holders: [],
    knownNames: [],
  };
  const input: PlanInput<UndoAsk> = {
    ask: { verb: 'undo', request: 'R-1001', reason: null, ticket: null, planOnly: false },
    observation,
    searchBases: [],
    tier0: { hosts: [], groups: [] },
    modes,
    mayTrust: false,
    history: { ...NO_HISTORY, undone: { label: 'R-1001', steps } },
  };
  expect(planUndo(input).verdicts.map(({ check }) => check)).not.toContain('plan.size');
});

it('undo of a retirement gives back what can be given back although one host is gone', async () => {
  const stage = new Stage(rules);
  stage.directory.values = ['cifs/hyper-v02', 'cifs/ghost'];
  await stage.start();
  await stage.ask('retire hyper-v01');
  stage.prove = () => Promise.resolve('refused');
  await carryOut(stage);
  const retired = await stage.record();
  expect(retired.state).toBe('done');
  await stage.ask(`undo ${retired.label}`, retired);
  expect(await stage.record()).toMatchObject({
    state: 'waiting',
    plan: { directory: { changes: [{ add: ['cifs/hyper-v02'] }] } },
  });
});
