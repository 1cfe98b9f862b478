import type { Button } from '@slack/types';
import { mayUse } from '../../core/policy/use';
import { isSamePerson } from '../../core/request/statement';
import type { HomeOverview } from '../../jobs/client';
import { COMMAND_ACTION } from '../actions/command-button';
import { plainText } from '../cards/message';
import { OPEN_FORM } from '../forms/open-button';
import type { Drawing } from './sections';

/** What a person can begin from Home: what the policy lets this one ask for, and no more. */
export function startButtons({
  overview,
  by,
  policy,
}: Pick<Drawing, 'by' | 'policy'> & { readonly overview: HomeOverview }): readonly Button[] {
  const isDenied = policy.deny?.includes(by.user) ?? false;
  const { freeze } = overview.standstill;
  return [
    ...(mayUse(policy, ['delegation-add'], by)
      ? [{ ...formButton('add', 'Ask for delegation…', '/delegate'), style: 'primary' as const }]
      : []),
    ...(mayUse(policy, ['delegation-remove'], by)
      ? [formButton('remove', 'Remove a delegation…', '/undelegate')]
      : []),
    ...(isDenied || freeze ? [] : [formButton('freeze', 'Freeze…', '/hv freeze')]),
    // Whoever froze cannot end it.
    ...(isDenied || !freeze || isSamePerson(freeze.by, by)
      ? []
      : [formButton('unfreeze', 'Unfreeze…', '/hv unfreeze')]),
    commandButton('home-requests', 'Open requests', '/hv requests'),
    commandButton('home-help', 'Help', '/hv help'),
  ];
}

/** A button that does what a typed command does; `name` keeps it apart from others in its row. */
export function commandButton(name: string, label: string, text: string): Button {
  return { type: 'button', action_id: `${COMMAND_ACTION}.${name}`, text: plainText(label), value: text };
}

/** A button that opens the form of a command. */
function formButton(name: string, label: string, command: string): Button {
  return { type: 'button', action_id: `${OPEN_FORM}.${name}`, text: plainText(label), value: `${command} ` };
}
