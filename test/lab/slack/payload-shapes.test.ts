import { claimAddress } from '../../../lab/addresses';
import { isFields } from '../../../lab/slack/fields';
import { labClient } from '../../../lab/slack/client';
import { startSlack } from '../../../lab/slack/server';
import { everyScope, slackOptions } from './bolt-app';
import { startEndpoint } from './http-endpoint';
import leftOutByName from './shapes/left-out.json';
import payloads from './shapes/payloads.json';
import { botPort } from '../../support/bot-port';
import { compare, missing } from './shapes/shape';

const plain = (text: string): object => ({ type: 'plain_text', text });
const button = { type: 'button', action_id: 'go', value: 'v1', style: 'primary', text: plain('Go') };
const menu = { type: 'external_select', action_id: 'find', min_query_length: 1 };
const blocks = [{ type: 'actions', block_id: 'b', elements: [button, menu] }];
const modal = {
  type: 'modal',
  title: plain('Modal'),
  submit: plain('Go'),
  close: plain('Back'),
  notify_on_close: true,
  blocks,
};

type Name = keyof typeof payloads;

/** Fields of Slack's that the samples do not have, with the page that has them. */
const alsoDocumented: Partial<Record<Name, Record<string, string>>> = {
  // @slack/bolt 5.1.0, type BlockSuggestion
  block_suggestion: { enterprise: 'object', is_enterprise_install: 'boolean' },
  // docs.slack.dev/reference/interaction-payloads/view-interactions-payload
  view_submission: { 'view.blocks': 'list', response_urls: 'list' },
  view_closed: { 'view.blocks': 'list' },
  app_home_opened: { 'event.view.blocks': 'list' },
};

/** What Slack writes as null where there is none (docs.slack.dev/reference/interaction-payloads). */
const nulls: Partial<Record<Name, string[]>> = {
  block_actions: ['enterprise'],
  view_submission: ['enterprise', 'view.previous_view_id'],
  view_closed: ['enterprise', 'view.previous_view_id'],
  block_suggestion: ['enterprise', 'view.previous_view_id'],
  app_mention: ['authorizations[].enterprise_id'],
  message: ['authorizations[].enterprise_id'],
  app_home_opened: ['authorizations[].enterprise_id', 'event.view.previous_view_id'],
};

/** What Bolt reads to route a payload, and what the bot reads of it. */
const read: Record<Name, string> = {
  slash_commands: 'command text trigger_id response_url team_id user_id channel_id is_enterprise_install',
  block_actions:
    'type user.id user.team_id team.id channel.id message.ts trigger_id response_url is_enterprise_install actions[].type actions[].action_id actions[].block_id actions[].value',
  view_submission:
    'type user.id user.team_id team.id trigger_id is_enterprise_install view.callback_id view.private_metadata view.state',
  view_closed: 'type user.id user.team_id team.id is_enterprise_install view.callback_id is_cleared',
  block_suggestion: 'type user.id user.team_id team.id action_id block_id value container.type view.id',
  shortcut: 'type callback_id trigger_id user.id user.team_id team.id',
  app_mention:
    'type team_id event_id authorizations[].team_id event.type event.user event.channel event.text event.ts event.team',
  app_home_opened: 'type team_id event_id event.type event.user event.tab event.view.hash',
  message: 'type team_id event_id event.type event.channel_type event.user event.channel event.text event.ts',
};

/** One payload of each kind as it goes over HTTP, by name. */
async function capture(): Promise<Map<string, unknown>> {
  const claim = await claimAddress();
  const port = botPort;
  const url = `http://${claim.address}:${port}/`;
  const options = slackOptions(claim.address, {
    delivery: { kind: 'http', url },
    scopes: everyScope,
  });
  const slack = await startSlack(options);
  const endpoint = await startEndpoint(claim.address, port);
  try {
    await slack.whenReachable();
    const lab = labClient({ url: slack.url, labToken: options.labToken });
    const user = 'requester';
    await lab.command({ user, channel: 'hyper-v', text: '/delegate x' });
    slack.messages.post({ channel: 'C0HYPERV', user: 'U0HANDOVER' }, { text: 'Card.', blocks });
    await lab.click({ user, action_id: 'go', channel: 'hyper-v' });
    const { id: view_id } = slack.views.open('U0REQUESTER', modal);
    await lab.suggest({ user, view_id, action_id: 'find', value: 'hyper' });
    await lab.shortcut({ user, callback_id: 'form.delegate' });
    for (const end of ['submit', 'close'] as const)
      await lab[end]({ user, view_id: slack.views.open('U0REQUESTER', modal).id });
    slack.views.publish('U0REQUESTER', { type: 'home', blocks });
    await lab.home({ user });
    await lab.mention({ user, channel: 'hyper-v', text: 'help' });
    await lab.say({ user, channel: 'dm', text: 'help' });
    return new Map(endpoint.received.map(({ body }) => named(body)));
  } finally {
    await slack.close();
    await endpoint.close();
    await claim.release();
  }
}

function named(body: string): [string, unknown] {
  const form = Object.fromEntries(new URLSearchParams(body));
  if ('command' in form) return ['slash_commands', form];
  const sent: unknown = JSON.parse(form['payload'] ?? body);
  const event = isFields(sent) ? sent['event'] : undefined;
  const kind = isFields(event) ? event : sent;
  return [isFields(kind) ? String(kind['type']) : '', sent];
}

describe('a payload', () => {
  let captured: Map<string, unknown>;
  beforeAll(async () => {
    captured = await capture();
  });

  it.each(Object.keys(payloads) as Name[])(
    '%s has the fields that Slack published, of the same types',
    (name) => {
      const { leftOut, ...others } = compare(captured.get(name), payloads[name], alsoDocumented[name]);
      expect({ ...others, nulls: others.nulls.toSorted() }).toEqual({
        unknown: [],
        // A form has no booleans, and Slack sends the same text over Socket Mode.
        otherTypes: name === 'slash_commands' ? ['is_enterprise_install: string'] : [],
        nulls: nulls[name] ?? [],
      });
      expect(leftOut.join(' ')).toBe(leftOutByName[name]);
    },
  );

  it.each(Object.entries(read))('%s has what Bolt and the bot read', (name, paths) => {
    expect(missing(captured.get(name), payloads[name as Name], paths)).toEqual([]);
  });
});
