import { simulateDomain } from '../../../lab/directory/simulated-domain';
import { waitFor } from '../../../lab/wait-for';
import {
  addedField,
  CHECK_NAMES,
  COMPUTER,
  DURATION,
  MORE,
  REASON,
  SERVICES,
  TICKET,
  TRUST,
  typedField,
} from '../../../src/bot/forms/delegation/fields';
import { valuesFor } from '../../core/survey/surveyed-domain';
import { policy as usualPolicy } from '../../support/request-record';
import { serveLists } from '../../support/list-worker';
import { startPractice, toldTo, type Practice } from '../support/practice';

let practice: Practice;
let worker: { stop(): Promise<void> };
let domain: ReturnType<typeof simulateDomain>['domain'];
beforeAll(async () => {
  const rule = usualPolicy['delegation-add'];
  practice = await startPractice({ policy: { ...usualPolicy, ...(rule && { 'trust-mode': rule }) } });
  const simulated = simulateDomain(practice.parts.clock);
  ({ domain } = simulated);
  const { ledger, queue, parts } = practice;
  worker = await serveLists({ ledger, queue, clock: parts.clock, directory: simulated.directory });
});
afterAll(async () => {
  await worker.stop();
  await practice.stop();
});

const user = 'requester';

/** The person's modal on top, once it says something. */
function topOf(said: string) {
  return waitFor(`a form that says ${said}`, () => {
    const view = practice.slack.views.stack('U0REQUESTER').at(-1);
    return Promise.resolve(view && JSON.stringify(view.blocks).includes(said) ? view : undefined);
  });
}

async function open(text: string) {
  await practice.lab.command({ user, channel: 'hyper-v', text });
  const answer = await practice.lab.click({ user, channel: 'hyper-v', action_id: 'form.open' });
  expect(answer.error).toBeUndefined();
  return answer;
}

async function choose(viewId: string, actionId: string, name: string) {
  await practice.lab.suggest({ user, view_id: viewId, action_id: actionId, value: name });
}

describe('the form', () => {
  it('is a complete way of asking: the intake is that of the typed command, and sent twice it is one request', async () => {
    await practice.lab.shortcut({ user, callback_id: 'form.delegate' });
    const first = practice.slack.views.stack('U0REQUESTER').at(-1)?.id ?? '';
    await choose(first, COMPUTER, 'v01');
    await practice.lab.click({ user, view_id: first, action_id: COMPUTER, value: 'hyper-v01' });
    await topOf('hyper-v01 now: ');
    await choose(first, addedField(0), 'hyper-v02');
    const values = { [addedField(0)]: ['hyper-v02'], [TRUST]: 'kerberos', [SERVICES]: ['cifs'] };
    expect(await practice.lab.submit({ user, view_id: first, values })).toMatchObject({ ok: true });
    const review = await topOf('+  cifs · hyper-v02');
    const said = { [REASON]: `Patch "night" & more ${'🌙'.repeat(85)}`, [TICKET]: 'CHG-1', [DURATION]: '8h' };
    expect(await practice.lab.submit({ user, view_id: review.id, values: said })).toMatchObject({ ok: true });
    const plan = await topOf('+  cifs/hyper-v02.');
    const before = (await practice.ledger.openRequests()).length;
    await practice.lab.faults({ kind: 'duplicate', type: 'interactive', new_envelope: true });
    await practice.lab.submit({ user, view_id: plan.id });
    const done = await topOf('received');
    expect(done['submit']).toBeUndefined();
    const requests = await practice.ledger.openRequests();
    expect(requests).toHaveLength(before + 1);
    const record = await practice.ledger.read(requests.at(-1) ?? '');
    // A shortcut is used nowhere in particular, so the card is where approvers look.
    expect(record?.card.channel).toBe('C0APPROVALS');
    expect(record?.intake.statement.command).toBe(
      'delegate hyper-v01 -> hyper-v02 cifs --protocol kerberos --for 8h --reason "Patch ""night"" & more ' +
        `${'🌙'.repeat(85)}" --ticket CHG-1`,
    );
  });

  it('comes filled with what was understood of a typed command', async () => {
    const { view } = await open(
      '/delegate hyper-v01 <-> hyper-v02,hyper-v0[3-4] smb --reason "x" --for 8 hours',
    );
    const text = JSON.stringify(view);
    expect(text).toContain('"value":"hyper-v01"}}},');
    expect(text).toContain('"initial_value":"hyper-v0[3-4]"');
    expect(text).toContain('"reason\\":\\"x\\"');
    expect(text).toContain('"initial_options":[{"text":{"type":"plain_text","text":"cifs"');
    expect(text).not.toContain('"reason\\":\\"\\"');
  });
});

describe('more than one computer', () => {
  it('is chosen beside the first, or comes from a typed command, and makes one request', async () => {
    const { view } = await open('/delegate hyper-v01,hyper-v03 -> hyper-v02 cifs --for 8 hours');
    expect(JSON.stringify(view)).toMatch(/"form.delegation.more".*"initial_options":\[{[^\]]*"hyper-v03"/);
    await topOf('hyper-v01 now: ');
    await choose(String(view?.['id']), MORE, 'hyper-v04');
    const values = { [TRUST]: 'kerberos', [MORE]: ['hyper-v03', 'hyper-v04'] };
    await practice.lab.submit({ user, view_id: String(view?.['id']), values });
    const review = await topOf('The same is asked for hyper-v03, hyper-v04');
    expect(JSON.stringify(review.blocks)).toContain(
      'delegate hyper-v01,hyper-v03,hyper-v04 -> hyper-v02 cifs --protocol kerberos',
    );
  });
});

describe('the trust mode alone', () => {
  it('is asked for with what the computer holds, and the plan changes nothing else', async () => {
    const guid = domain.objects().find(({ name }) => name === 'hyper-v-kerb')?.guid ?? '';
    domain.change(guid, { add: valuesFor('hyper-v02'), remove: [] });
    await open('/delegate hyper-v-kerb');
    const first = await topOf('hyper-v-kerb now: specified services only, Kerberos only');
    await practice.lab.submit({ user, view_id: first.id, values: { [TRUST]: 'any' } });
    const review = await topOf('Only the trust mode is set');
    expect(JSON.stringify(review.blocks)).not.toContain('+  ');
    expect(JSON.stringify(review.blocks)).toContain(
      'delegate hyper-v-kerb -> hyper-v02 cifs,migration --protocol any',
    );
    await practice.lab.submit({ user, view_id: review.id });
    const plan = JSON.stringify((await topOf('would be able to act')).blocks);
    expect(plan).toContain('userAccountControl');
    expect(plan).not.toContain('+  cifs/');
  });

  it('is nothing to ask for where it is so already, or nothing is held', async () => {
    await open('/delegate hyper-v01');
    const view = await topOf('hyper-v01 now: ');
    const answer = await practice.lab.submit({ user, view_id: view.id, values: { [TRUST]: 'any' } });
    expect(JSON.stringify(answer.errors)).toContain('Nothing is to change yet');
  });
});

describe('two updates of the form at one moment', () => {
  it('both stand in it: what was checked, and why any service is refused', async () => {
    await open('/delegate hyper-v01 ->');
    const view = await topOf('hyper-v01 now: ');
    await Promise.all([
      practice.lab.click({ user, view_id: view.id, action_id: TRUST, value: 'any-service' }),
      practice.lab.click({
        user,
        view_id: view.id,
        action_id: CHECK_NAMES,
        values: { [typedField(0)]: 'hyper-v02' },
      }),
    ]);
    await topOf('✔ hyper-v02: found');
    const both = JSON.stringify((await topOf('⛔ Handover never sets trust')).blocks);
    expect(both).toContain('✔ hyper-v02: found');
    expect(both).toContain('hyper-v01 now: ');
  });
});

describe('Check Names', () => {
  it('tells what is found, ambiguous and not found, and keeps what is left', async () => {
    await open('/delegate hyper-v01 ->');
    const view = await topOf('hyper-v01 now: ');
    const values = { [typedField(0)]: 'HYPER-V02; hyper-v-k; hyper; hyper-v33; bad_name' };
    await practice.lab.click({ user, view_id: view.id, action_id: CHECK_NAMES, values });
    const checked = await topOf('ambiguous');
    const text = JSON.stringify(checked.blocks);
    expect(text).toContain('✔ hyper-v02: found');
    expect(text).toContain('✔ hyper-v-k: found, hyper-v-kerb');
    expect(text).toMatch(/\? hyper: ambiguous, it may be .*hyper-v01/);
    expect(text).toMatch(/✖ hyper-v33: not found; did you mean hyper-v0\d\?/);
    expect(text).toContain('bad_name');
    expect(checked.state.values[addedField(1)]?.[addedField(1)]).toMatchObject({
      selected_options: [{ value: 'hyper-v02' }, { value: 'hyper-v-kerb' }],
    });
    expect(checked.state.values[typedField(1)]?.[typedField(1)]).toMatchObject({
      value: 'hyper; hyper-v33; bad_name',
    });
    const chosen = { [addedField(1)]: ['hyper-v-kerb'], [typedField(1)]: '' };
    expect(await practice.lab.submit({ user, view_id: view.id, values: chosen })).toMatchObject({ ok: true });
    await topOf('+  cifs · hyper-v-kerb');
  });
});

describe('what is wrong', () => {
  it('stands under its input: trust for any service is shown and blocked', async () => {
    await open('/delegate hyper-v01 -> hyper-v02,');
    const view = await topOf('hyper-v01 now: ');
    await practice.lab.click({ user, view_id: view.id, action_id: TRUST, value: 'any-service' });
    await topOf('⛔ Handover never sets trust');
    const answer = await practice.lab.submit({ user, view_id: view.id });
    expect(answer.errors?.[TRUST]).toContain('never sets trust');
  });

  it('is told for times and reasons at the step that asks for them', async () => {
    await open('/delegate hyper-v01 -> hyper-v02,');
    const view = await topOf('hyper-v01 now: ');
    await practice.lab.submit({ user, view_id: view.id });
    const review = await topOf('For how long');
    const answer = await practice.lab.submit({
      user,
      view_id: review.id,
      values: { [REASON]: 'fine', [DURATION]: 'soon' },
    });
    expect(Object.keys(answer.errors ?? {})).toEqual([DURATION]);
  });

  it('nothing to change is no request', async () => {
    await open('/delegate hyper-v01 ->');
    const view = await topOf('hyper-v01 now: ');
    const answer = await practice.lab.submit({ user, view_id: view.id });
    expect(answer.errors?.[addedField(0)]).toContain('Nothing is to change yet');
  });
});

describe('existing services', () => {
  it('are ticked, and unticking one asks for its removal', async () => {
    const guid = domain.objects().find(({ name }) => name === 'hyper-v03')?.guid ?? '';
    domain.change(guid, { add: ['cifs/hyper-v04', 'http/web01'], remove: [] });
    await open('/undelegate hyper-v03 -> hyper-v04 cifs,');
    const view = await topOf('hyper-v03 now: ');
    const text = JSON.stringify(view.blocks);
    expect(text).toContain('Stays, whatever is ticked: http · web01');
    expect(await practice.lab.submit({ user, view_id: view.id })).toMatchObject({ ok: true });
    expect(JSON.stringify(await topOf('−  cifs · hyper-v04'))).toContain(
      'undelegate hyper-v03 -> hyper-v04 cifs',
    );
  });
});

describe('a form that nobody can fill', () => {
  it('says within 3 s that no worker answers and nothing was changed, and asks again when it is told to', async () => {
    const lonely = await startPractice();
    try {
      const top = (said: string) =>
        waitFor(said, () => {
          const view = lonely.slack.views.stack('U0REQUESTER').at(-1);
          return Promise.resolve(view && JSON.stringify(view.blocks).includes(said) ? view : undefined);
        });
      await lonely.lab.command({ user, channel: 'hyper-v', text: '/delegate hyper-v01 -> hyper-v02,' });
      const { view } = await lonely.lab.click({ user, channel: 'hyper-v', action_id: 'form.open' });
      expect(JSON.stringify(view)).toContain('Reading what hyper-v01 may delegate to now');
      const told = await top('Nothing was changed');
      expect(JSON.stringify(told.blocks)).toContain('answers');
      await lonely.lab.submit({ user, view_id: told.id });
      const review = await top('For how long');
      await lonely.lab.submit({ user, view_id: review.id });
      const failed = await top('Try again');
      expect(JSON.stringify(failed.blocks)).toContain('Nothing was changed');
      expect(failed['submit']).toBeUndefined();
      const { ledger, queue, parts } = lonely;
      const { directory } = simulateDomain(parts.clock);
      const late = await serveLists({ ledger, queue, clock: parts.clock, directory });
      await lonely.lab.click({ user, view_id: failed.id, action_id: 'form.delegation.again' });
      const plan = await top('+  cifs/hyper-v02');
      await lonely.lab.close({ user, view_id: plan.id });
      await lonely.lab.close({ user, view_id: review.id });
      const values = { [typedField(0)]: 'hyper-v03' };
      await lonely.lab.click({ user, view_id: told.id, action_id: CHECK_NAMES, values });
      const filled = await top('hyper-v01 now: ');
      expect(JSON.stringify(filled.blocks)).toContain('✔ hyper-v03: found');
      expect(JSON.stringify(filled.blocks)).not.toContain('Nothing was changed');
      await late.stop();
    } finally {
      await lonely.stop();
    }
  });
});

describe('names', () => {
  it('are suggested only as far as the person may see them', async () => {
    const rules = { ...usualPolicy, hostGroups: { shown: ['hyper-v01'] } };
    const only = [{ people: ['U0REQUESTER'], hosts: ['shown'] }];
    const narrow = await startPractice({ policy: { ...rules, read: { suggestions: only } } });
    const { ledger, queue, parts } = narrow;
    const { directory } = simulateDomain(parts.clock);
    const serving = await serveLists({ ledger, queue, clock: parts.clock, directory });
    try {
      const suggested = async (who: string) => {
        await narrow.lab.shortcut({ user: who, callback_id: 'form.delegate' });
        const [view] = narrow.slack.views.stack(who === 'requester' ? 'U0REQUESTER' : 'U0ONCALL');
        const order = { user: who, view_id: view?.id ?? '', action_id: COMPUTER, value: 'hyper' };
        return (await narrow.lab.suggest(order)).options?.map(({ value }) => value);
      };
      expect(await suggested('requester')).toEqual(['hyper-v01']);
      expect(await suggested('oncall')).toEqual([]);
    } finally {
      await serving.stop();
      await narrow.stop();
    }
  });
});

it('over HTTP names are suggested as well, by signed requests', async () => {
  const http = await startPractice({ over: 'http' });
  const { ledger, queue, parts } = http;
  const { directory } = simulateDomain(parts.clock);
  const serving = await serveLists({ ledger, queue, clock: parts.clock, directory });
  try {
    await http.lab.shortcut({ user, callback_id: 'form.delegate' });
    const [view] = http.slack.views.stack('U0REQUESTER');
    const order = { user, view_id: view?.id ?? '', action_id: COMPUTER, value: 'kerb' };
    expect((await http.lab.suggest(order)).options?.map(({ value }) => value)).toEqual(['hyper-v-kerb']);
  } finally {
    await serving.stop();
    await http.stop();
  }
});

it('what is refused at the end leaves the form open: a missing ticket at its field, a cap in words', async () => {
  const tickets = { pattern: String.raw`CHG\d+`, requiredFor: ['delegation-add' as const] };
  const capped = await startPractice({ policy: { ...usualPolicy, tickets, caps: { requestsPerHour: 1 } } });
  const { ledger, queue, parts } = capped;
  const { directory } = simulateDomain(parts.clock);
  const serving = await serveLists({ ledger, queue, clock: parts.clock, directory });
  const top = (said: string) =>
    waitFor(said, () => {
      const view = capped.slack.views.stack('U0REQUESTER').at(-1);
      return Promise.resolve(view && JSON.stringify(view.blocks).includes(said) ? view : undefined);
    });
  try {
    await capped.lab.command({ user, channel: 'hyper-v', text: '/delegate a -> b --ticket CHG1' });
    await capped.lab.command({ user, channel: 'hyper-v', text: '/delegate hyper-v01 -> hyper-v02,' });
    await capped.lab.click({ user, channel: 'hyper-v', action_id: 'form.open' });
    const first = await top('hyper-v01 now: ');
    await capped.lab.submit({ user, view_id: first.id });
    const review = await top('For how long');
    const { errors } = await capped.lab.submit({ user, view_id: review.id });
    expect(errors?.[TICKET]).toContain('needs a ticket');
    await capped.lab.submit({ user, view_id: review.id, values: { [TICKET]: 'CHG2' } });
    const plan = await top('+  cifs/hyper-v02.');
    await capped.lab.submit({ user, view_id: plan.id });
    const refused = await top('🚫');
    expect([refused['submit'], refused.clear_on_close]).toEqual([undefined, false]);
    await capped.lab.close({ user, view_id: plan.id });
    await top('For how long');
  } finally {
    await serving.stop();
    await capped.stop();
  }
});

it('who may ask for nothing is told so, and no form is opened', async () => {
  const closed = await startPractice({ policy: {} });
  try {
    await closed.lab.command({ user, channel: 'hyper-v', text: '/delegate a ->' });
    await closed.lab.click({ user, channel: 'hyper-v', action_id: 'form.open' });
    expect(closed.slack.views.stack('U0REQUESTER')).toEqual([]);
    // It is told after the click is acknowledged.
    const told = await toldTo(closed, 'U0REQUESTER', { seen: 1 });
    expect(told).toContain('You are not among those who may ask for delegations');
  } finally {
    await closed.stop();
  }
});

it('a form that was closed meanwhile is no error', async () => {
  await open('/delegate hyper-v01 ->');
  const view = await topOf('hyper-v01 now: ');
  const clicking = practice.lab.click({
    user,
    view_id: view.id,
    action_id: CHECK_NAMES,
    values: { [typedField(0)]: 'x' },
  });
  await practice.lab.close({ user, view_id: view.id });
  await clicking;
  await waitFor('the update that comes too late', () => {
    const updates = practice.slack.traffic.entries('views.update');
    return Promise.resolve(updates.find(({ result }) => result === 'not_found'));
  });
  await practice.lab.command({ user, channel: 'hyper-v', text: '/hv help' });
  expect(practice.logged.filter((line) => JSON.stringify(line).includes('"level":"error"'))).toEqual([]);
});

it('says so when Slack does not open the form, as after 3 s', async () => {
  await practice.lab.command({ user, channel: 'hyper-v', text: '/delegate hyper-v01 ->' });
  await practice.lab.faults({ kind: 'api-error', method: 'views.open', error: 'expired_trigger_id' });
  const seen = practice.slack.messages.ephemerals('U0REQUESTER', 'C0HYPERV').length;
  await practice.lab.click({ user, channel: 'hyper-v', action_id: 'form.open' });
  expect(await toldTo(practice, 'U0REQUESTER', { seen })).toContain(
    'Slack did not open the form. Nothing was changed. Click once more.',
  );
});
