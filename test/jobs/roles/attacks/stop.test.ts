import { serveDirectory } from '../../../../src/jobs/roles/directory/role';
import { approved, Stage } from '../../../support/directory-stage';
import { stop } from '../../../support/say-stop';
import { rules } from './support';

const MESH = 'delegate mesh hyper-v01,hyper-v02,hyper-v03 cifs';

it('a job that was put before stop was said begins no step after it', async () => {
  const stage = new Stage(rules);
  await stage.start();
  await stage.ask(MESH);
  await stage.decide();
  const worker = stage.newWorker();
  const { label, rev, id } = await stage.record();
  // The first job only starts the run: its time is over then.
  let passed = 0;
  const monotonic = (): number => (passed += 2_000);
  const wait = stage.clock.wait.bind(stage.clock);
  const clock = { now: () => stage.clock.now(), monotonic, wait };
  await serveDirectory({ ...worker, clock }, { id: `${label}-v${rev}-directory`, request: id });
  const running = await stage.record();
  expect([running.state, stage.directory.modifies.length]).toEqual(['running', 0]);
  await stop(stage);
  await serveDirectory(worker, { id: `${label}-v${running.rev}-directory`, request: id });
  expect(stage.directory.modifies).toEqual([]);
});

it('a step whose modify surely had no effect is not sent again after stop', async () => {
  const stage = await approved(rules, MESH);
  stage.directory.next.push('busy');
  await stage.tick();
  await stop(stage);
  await stage.tick();
  expect(stage.directory.values).toEqual([]);
});
