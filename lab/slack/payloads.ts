import { randomBytes } from 'node:crypto';
import type { Fields } from './fields';
import { slackMessage } from './message-form';
import type { Message } from './message';
import type { Parts } from './parts';
import type { ResponseTarget } from './response-urls';
import type { View } from './views';
import type { LabChannel, LabUser } from './workspace';
import { app } from './workspace';

/** Where an interactive element was found: in a message or in a view. */
export type Place = { message: Message; channel: LabChannel } | { view: View };

/** The form-like payload of a slash command. */
export function slashCommand(
  parts: Parts,
  given: { user: LabUser; channel: LabChannel; command: string; text: string },
): Fields {
  return {
    token: app.verificationToken,
    team_id: teamOf(given.user),
    team_domain: app.teamDomain,
    channel_id: given.channel.id,
    channel_name: given.channel.name,
    user_id: given.user.id,
    user_name: given.user.name,
    command: given.command,
    text: given.text,
    api_app_id: app.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(parts, { user: given.user.id, channel: given.channel.id }),
    trigger_id: parts.triggers.issue(given.user.id),
  };
}

/** `block_actions`: somebody used an element. In a view there is no channel, in a message no view. */
export function blockActions(
  parts: Parts,
  given: { user: LabUser; place: Place; action: Fields; state: Fields },
): Fields {
  const { user, place } = given;
  return {
    ...interaction('block_actions', user),
    trigger_id: parts.triggers.issue(user.id, modalOf(place)),
    ...placeFields(parts, place),
    ...('message' in place && {
      state: { values: given.state },
      response_url: responseUrl(parts, { user: user.id, channel: place.channel.id, message: place.message }),
    }),
    actions: [{ ...given.action, action_ts: parts.messages.nextTs() }],
  };
}

/** `block_suggestion`: somebody types in an external select. */
export function blockSuggestion(
  parts: Parts,
  given: { user: LabUser; place: Place; block_id: string; action_id: string; value: string },
): Fields {
  return {
    ...interaction('block_suggestion', given.user),
    ...placeFields(parts, given.place),
    block_id: given.block_id,
    action_id: given.action_id,
    value: given.value,
  };
}

/** `shortcut`: a global shortcut was chosen (docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload). */
export function globalShortcut(parts: Parts, user: LabUser, callbackId: string): Fields {
  return {
    type: 'shortcut',
    token: app.verificationToken,
    action_ts: parts.messages.nextTs(),
    team: { id: app.teamId, domain: app.teamDomain },
    user: { id: user.id, username: user.name, team_id: teamOf(user) },
    callback_id: callbackId,
    trigger_id: parts.triggers.issue(user.id),
  };
}

/** `view_submission`: Submit was pressed. */
export function viewSubmission(parts: Parts, user: LabUser, view: View): Fields {
  return {
    ...interaction('view_submission', user),
    trigger_id: parts.triggers.issue(user.id, view.id),
    view: structuredClone(view),
    response_urls: [],
  };
}

/** `view_closed`: the person closed a modal that asks to be told. */
export function viewClosed(user: LabUser, view: View, isCleared: boolean): Fields {
  return { ...interaction('view_closed', user), view: structuredClone(view), is_cleared: isCleared };
}

/** The outer part of an event of the Events API. */
export function eventCallback(event: Fields): Fields {
  return {
    token: app.verificationToken,
    team_id: app.teamId,
    api_app_id: app.appId,
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(6).toString('hex').toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: app.teamId,
        user_id: app.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}

function interaction(type: string, user: LabUser): Fields {
  return {
    type,
    user: { id: user.id, username: user.name, name: user.name, team_id: teamOf(user) },
    team: { id: app.teamId, domain: app.teamDomain },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: app.appId,
    token: app.verificationToken,
  };
}

function placeFields(parts: Parts, place: Place): Fields {
  if ('view' in place)
    return { container: { type: 'view', view_id: place.view.id }, view: structuredClone(place.view) };
  const { message, channel } = place;
  const isEphemeral = message.ephemeralTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.thread_ts !== undefined && { thread_ts: message.thread_ts }),
    },
    channel: { id: channel.id, name: channel.name },
    // An app gets no content of ephemeral messages back, only where they are.
    ...(!isEphemeral && { message: slackMessage(parts.messages, message, true) }),
  };
}

function responseUrl(parts: Parts, target: ResponseTarget): string {
  const path = parts.responseUrls.issue(target);
  return `http://${parts.authority}${path}`;
}

function modalOf(place: Place): string | undefined {
  return 'view' in place && place.view.type === 'modal' ? place.view.id : undefined;
}

function teamOf(user: LabUser): string {
  return user.teamId ?? app.teamId;
}
