import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { canonicalText } from '../../../core/canonical';
import type { Service } from '../../../core/commands/ask';
import { addedField, BACK, COMPUTER, HOLDS, MORE, SERVICES, TRUST, typedField } from './fields';

/** The choices of the Delegation tab. */
const TRUSTS = ['none', 'any-service', 'kerberos', 'any'] as const;
export type Trust = (typeof TRUSTS)[number];

const Saying = z.strictObject({
  reason: z.string().max(400),
  ticket: z.string().max(100),
  for: z.string().max(40),
});

const Metadata = z.strictObject({
  where: z.strictObject({ channel: z.string().max(40), thread: z.string().max(40).nullable() }),
  round: z.number().int().nonnegative(),
  holdsOf: z.string().max(100).nullable(),
  isAnyProtocol: z.boolean(),
  saying: Saying,
});

/** What travels with the form unseen. `holdsOf`: the computer that the blocks about existing services are about; `isAnyProtocol`: it is trusted so already. */
export type FillMetadata = z.infer<typeof Metadata>;

/** What the second step is filled with. */
export type Saying = z.infer<typeof Saying>;

/** The first step as its person sees it. */
export interface FillState extends FillMetadata {
  readonly computer: string | null;
  /** Computers that are to get the same; what they hold is not shown. */
  readonly more: readonly string[];
  readonly trust: Trust | null;
  readonly added: readonly string[];
  readonly typed: string;
  readonly services: readonly Service[];
  readonly back: boolean;
  readonly holds: Holds;
}

/** What the computer may delegate to now, as blocks; of what can be unticked, `offered` are all and `ticked` those that stay, as `SERVICE|HOST`. */
export interface Holds {
  readonly blocks: readonly KnownBlock[];
  readonly offered: readonly string[];
  readonly ticked: readonly string[];
}

export const NO_HOLDS: Holds = { blocks: [], offered: [], ticked: [] };

/** The metadata of the first step. */
export function writeMetadata({ where, round, holdsOf, isAnyProtocol, saying }: FillMetadata): string {
  return canonicalText({ where, round, holdsOf, isAnyProtocol, saying });
}

/** Reads the first step from what Slack sends with every click in it. Throws when the metadata is none of ours. */
export function readFill(view: ViewOutput): FillState {
  const metadata = Metadata.parse(JSON.parse(view.private_metadata));
  const { values } = view.state;
  const field = (id: string) => values[id]?.[id];
  const chosen = (id: string): readonly string[] =>
    (field(id)?.selected_options ?? []).map(({ value }) => value ?? '');
  const trust = field(TRUST)?.selected_option?.value;
  const computer = field(COMPUTER)?.selected_option?.value ?? null;
  return {
    ...metadata,
    computer,
    more: chosen(MORE),
    trust: TRUSTS.find((each) => each === trust) ?? null,
    added: chosen(addedField(metadata.round)),
    typed: field(typedField(metadata.round))?.value ?? '',
    services: (['cifs', 'migration'] as const).filter((each) => chosen(SERVICES).includes(each)),
    back: chosen(BACK).length > 0,
    // What was read about another computer says nothing about this one.
    holds: computer !== null && computer === metadata.holdsOf ? readHolds(view, chosen) : NO_HOLDS,
  };
}

function readHolds(view: ViewOutput, chosen: (id: string) => readonly string[]): Holds {
  // SAFETY: Slack gives back the blocks that the bot has made.
  const blocks = (view.blocks as KnownBlock[]).filter(({ block_id: id }) => id?.startsWith(`${HOLDS}.`));
  const inputs = blocks.flatMap((block) =>
    block.type === 'input' && block.element.type === 'checkboxes'
      ? [{ id: block.block_id ?? '', element: block.element }]
      : [],
  );
  return {
    blocks,
    offered: inputs.flatMap(({ element }) => element.options.map(({ value }) => value ?? '')),
    ticked: inputs.flatMap(({ id }) => chosen(id)),
  };
}
