import { deliver, type DeliveryParts } from '../../../../src/bot/reports/deliver';
import { UNPACED } from '../../../../src/bot/reports/pace';
import { reversalId } from '../../../../src/core/request/new-record';
import type { Ledger } from '../../../../src/core/ports';
import type { Stage } from '../../../support/directory-stage';
import { HOUR, rules, temporary } from './support';

/** Slack that fails the next edit, and what was edited. */
function chat(stage: Stage, ledger: Ledger = stage.ledger) {
  const edits: string[] = [];
  const slack = { isOut: false };
  let drawn = 0;
  const parts: DeliveryParts = {
    ledger,
    clock: stage.clock,
    random: { hex: () => String((drawn += 1)) },
    policy: rules,
    channels: { approvals: 'C9', notices: 'C9' },
    reminders: { firstSeconds: 900, escalateSeconds: 3600, reviewSeconds: 86_400 },
    oncall: [],
    pace: UNPACED,
    conversation: {
      post: () => Promise.resolve({ ts: String((drawn += 1)) }),
      edit: (_place, _ts, message) => {
        if (slack.isOut) return Promise.reject(new Error('Slack is out'));
        edits.push(JSON.stringify(message));
        return Promise.resolve('edited');
      },
      find: () => Promise.resolve(null),
      upload: () => Promise.resolve('refused'),
      share: () => Promise.resolve('refused'),
      findFile: () => Promise.resolve(null),
      open: (person) => Promise.resolve(`D${person}`),
      link: () => Promise.resolve(null),
    },
  };
  return { parts, edits, slack };
}

it('the parent’s card says that its values are gone also after an outage of Slack', async () => {
  const { stage, parent } = await temporary();
  const { parts, edits, slack } = chat(stage);
  await deliver(parts, parent.id);
  await deliver(parts, reversalId(parent.id, 1));
  await stage.clock.pass(9 * HOUR);
  await stage.tick();
  slack.isOut = true;
  await deliver(parts, reversalId(parent.id, 1)).catch(() => undefined);
  slack.isOut = false;
  await stage.clock.pass(20_000);
  // As the sweeper does.
  for (const id of await stage.ledger.unreported()) await deliver(parts, id);
  expect(edits.filter((edit) => edit.includes('Was taken away again'))).toHaveLength(1);
});

it('a reversal whose parent is itself is delivered and comes to an end', async () => {
  const { stage, parent } = await temporary();
  stage.id = reversalId(parent.id, 1);
  await stage.edit({ parent: { id: stage.id, label: 'R-1002' } });
  let leases = 0;
  const takeLease: Ledger['takeLease'] = (...lease) => {
    leases += 1;
    if (leases > 20) throw new Error('there is no end to it');
    return stage.ledger.takeLease(...lease);
  };
  const { parts } = chat(stage, { ...stage.ledger, takeLease });
  await deliver(parts, stage.id).catch(() => undefined);
  expect(leases).toBeLessThan(5);
});
