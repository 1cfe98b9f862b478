import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Service } from '../../../core/commands/ask';
import { SERVICE_CLASSES } from '../../../core/delegation/spn';
import { context, plain, plainText, row } from '../../cards/message';
import { clip } from '../../cards/text';
import {
  addedField,
  BACK,
  BLOCKED,
  CHECK_NAMES,
  COMPUTER,
  FILL,
  MORE,
  SERVICES,
  TRUST,
  typedField,
} from './fields';
import { writeMetadata, type FillState, type Trust } from './form-state';

/** Why “any service” is shown, as the tab does, and refused. */
export const ANY_SERVICE_BLOCKED =
  'Handover never sets trust for any service: who controls such a computer can act as anyone who signs in to it, on every computer of the domain. Choose specified services.';

const TRUST_TEXTS: Readonly<Record<Trust, readonly [string, string]>> = {
  none: ['Do not trust this computer for delegation', 'Everything that it holds is taken away.'],
  'any-service': [
    'Trust for delegation to any service (Kerberos only)',
    'Blocked: Handover never sets this.',
  ],
  kerberos: [
    'Trust for specified services only: Use Kerberos only',
    'A computer with any protocol keeps it.',
  ],
  any: [
    'Trust for specified services only: Use any authentication protocol',
    'Live migration that is started from elsewhere needs this.',
  ],
};

/** The first step as it is shown. `notice` stands above all, `checked` under the names. */
export type FillContent = FillState & {
  readonly notice: string | null;
  readonly checked: readonly string[];
};

/** The first step: who may delegate to what, in the order of the Delegation tab. */
export function fillView(content: FillContent): ModalView {
  const { notice, holds, trust } = content;
  return {
    type: 'modal',
    callback_id: FILL,
    private_metadata: writeMetadata(content),
    title: plainText('Delegation'),
    submit: plainText('Next'),
    close: plainText('Cancel'),
    blocks: [
      ...(notice === null ? [] : [plain(notice)]),
      computerInput(content),
      moreInput(content),
      line('Chooses whose attributes are written; with “both ways” those of the added computers too.'),
      trustInput(content),
      ...(trust === 'any-service' ? [{ ...plain(`⛔ ${ANY_SERVICE_BLOCKED}`), block_id: BLOCKED }] : []),
      line(
        'Writes userAccountControl: TRUSTED_TO_AUTH_FOR_DELEGATION, set for any protocol where it is missing.',
      ),
      ...namesBlocks(content),
      line(
        'Added to msDS-AllowedToDelegateTo: each service with the short and the full name of each computer.',
      ),
      ...holds.blocks,
    ],
  };
}

/** Whether the reason for refusing any service stands in the view. */
export function showsBlocked({ blocks }: Pick<ViewOutput, 'blocks'>): boolean {
  return blocks.some(({ block_id: id }) => id === BLOCKED);
}

/** One line that names the attribute that a step writes. */
function line(text: string): KnownBlock {
  return context([plainText(`✎ ${text}`)]);
}

function computerInput({ computer }: FillContent): KnownBlock {
  return {
    type: 'input',
    block_id: COMPUTER,
    // What it holds is read as soon as it is chosen.
    dispatch_action: true,
    label: plainText('Computer'),
    element: {
      type: 'external_select',
      action_id: COMPUTER,
      min_query_length: 1,
      placeholder: plainText('Type a part of its name'),
      ...(computer !== null && { initial_option: nameOption(computer) }),
    },
  };
}

function moreInput({ more }: FillContent): KnownBlock {
  return {
    type: 'input',
    block_id: MORE,
    optional: true,
    label: plainText('And the same for these computers'),
    hint: plainText('What is added, and what is unticked, holds for each of them.'),
    element: {
      type: 'multi_external_select',
      action_id: MORE,
      min_query_length: 1,
      placeholder: plainText('Type a part of a name'),
      ...(more.length > 0 && { initial_options: more.map(nameOption) }),
    },
  };
}

function trustInput({ trust }: FillContent): KnownBlock {
  const option = (each: Trust) => ({
    text: plainText(TRUST_TEXTS[each][0]),
    description: plainText(TRUST_TEXTS[each][1]),
    value: each,
  });
  return {
    type: 'input',
    block_id: TRUST,
    dispatch_action: true,
    label: plainText('Trust'),
    element: {
      type: 'radio_buttons',
      action_id: TRUST,
      options: [option('none'), option('any-service'), option('kerberos'), option('any')],
      ...(trust !== null && { initial_option: option(trust) }),
    },
  };
}

function namesBlocks(content: FillContent): readonly KnownBlock[] {
  const { round, added, typed, checked, back } = content;
  const backOption = {
    text: plainText('And back: they may delegate to this computer as well'),
    value: 'back',
  };
  return [
    {
      type: 'input',
      block_id: addedField(round),
      optional: true,
      label: plainText('Add computers'),
      element: {
        type: 'multi_external_select',
        action_id: addedField(round),
        min_query_length: 1,
        placeholder: plainText('Type a part of a name'),
        ...(added.length > 0 && { initial_options: added.map(nameOption) }),
      },
    },
    {
      type: 'input',
      block_id: typedField(round),
      optional: true,
      label: plainText('Or type their names'),
      hint: plainText('Such as hyper-v03; hyper-v0[4-6]'),
      element: {
        type: 'plain_text_input',
        action_id: typedField(round),
        ...(typed !== '' && { initial_value: clip(typed, 300) }),
      },
    },
    row([{ type: 'button', action_id: CHECK_NAMES, text: plainText('Check Names') }]),
    ...(checked.length > 0 ? [plain(checked.join('\n'))] : []),
    {
      type: 'input',
      block_id: BACK,
      optional: true,
      label: plainText('Both ways'),
      element: {
        type: 'checkboxes',
        action_id: BACK,
        options: [backOption],
        ...(back && { initial_options: [backOption] }),
      },
    },
    servicesInput(content.services),
  ];
}

function servicesInput(services: readonly Service[]): KnownBlock {
  const options = SERVICE_CLASSES.map(({ service, serviceClass }) => ({
    text: plainText(serviceClass),
    value: service,
  }));
  const ticked = options.filter(({ value }) => services.includes(value));
  return {
    type: 'input',
    block_id: SERVICES,
    optional: true,
    label: plainText('Their services'),
    element: {
      type: 'checkboxes',
      action_id: SERVICES,
      options,
      ...(ticked.length > 0 && { initial_options: ticked }),
    },
  };
}

function nameOption(name: string) {
  return { text: plainText(clip(name, 75)), value: clip(name, 75) };
}
