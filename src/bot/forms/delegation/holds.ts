import type { KnownBlock } from '@slack/types';
import { serviceOf } from '../../../core/delegation/spn';
import type { HostDelegations } from '../../../core/survey/views';
import { context, plain, plainText } from '../../cards/message';
import { clip, counted } from '../../cards/text';
import { TRUST_WORDS } from '../../lists/host-lines';
import { HOLDS } from './fields';

/** Slack shows at most ten boxes in a group, and the form so many groups: what is more is listed and stays. */
const IN_GROUP = 10;
const MOST_GROUPS = 6;

/** A tick: `SERVICE|HOST`. */
const tickOf = (service: string, host: string): string => `${service}|${host}`;

type Row = NonNullable<HostDelegations['host']>['rows'][number];

/**
 * What a computer may delegate to now: a box for each service that Handover can take away, ticked unless `unticked` says so,
 * and a list of what stays in any case.
 */
export function holdsBlocks(
  view: HostDelegations,
  unticked: (tick: string) => boolean,
): readonly KnownBlock[] {
  const { host, name } = view;
  if (!host) return [section('now', `${name} does not exist as a computer, so it holds nothing.`)];
  const rows = host.rows.map((row) => ({ row, tick: ofRow(row) }));
  const boxes = rows.flatMap(({ row, tick }) => (tick === null ? [] : [{ row, tick }]));
  const [shown, over] = [boxes.slice(0, IN_GROUP * MOST_GROUPS), boxes.slice(IN_GROUP * MOST_GROUPS)];
  const kept = [...rows.filter(({ tick }) => tick === null), ...over];
  const groups = Array.from({ length: Math.ceil(shown.length / IN_GROUP) }, (_, at) =>
    groupOf(shown.slice(at * IN_GROUP, (at + 1) * IN_GROUP), { name, at, unticked }),
  );
  return [
    section('now', `${name} now: ${TRUST_WORDS[host.trust]}; ${counted(rows.length, 'service')}.`),
    ...groups,
    ...(kept.length > 0
      ? [section('kept', `Stays, whatever is ticked: ${kept.map(({ row }) => lineOf(row)).join(' · ')}`)]
      : []),
    ...(groups.length > 0
      ? [
          named(
            'line',
            context([plainText('Unticked: those values go from msDS-AllowedToDelegateTo of this computer.')]),
          ),
        ]
      : []),
  ];
}

/** One sentence instead of what could not be read. */
export function holdsNote(text: string): readonly KnownBlock[] {
  return [section('now', text)];
}

interface Group {
  readonly name: string;
  readonly at: number;
  readonly unticked: (tick: string) => boolean;
}

function groupOf(boxes: readonly { row: Row; tick: string }[], { name, at, unticked }: Group): KnownBlock {
  const id = `${HOLDS}.${name}.${at}`;
  const options = boxes.map(({ row, tick }) => ({
    text: plainText(clip(lineOf(row), 75)),
    description: plainText(clip(originOf(row), 75)),
    value: tick,
  }));
  const ticked = options.filter(({ value }) => !unticked(value));
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plainText(at === 0 ? 'Services it may delegate to now' : 'Further services'),
    ...(at === 0 && { hint: plainText('Untick what is to go. One request adds or takes away, not both.') }),
    element: {
      type: 'checkboxes',
      action_id: id,
      options,
      ...(ticked.length > 0 && { initial_options: ticked }),
    },
  };
}

/** Null where no command says just that: another service class, or a name that is none. */
function ofRow({ values, host }: Row): string | null {
  const [first] = values;
  const service = first ? serviceOf(first.value) : null;
  const tick = tickOf(service ?? '', host);
  return service !== null && /^[a-z0-9-]{1,15}$/i.test(host) && tick.length <= 75 ? tick : null;
}

/** Type and name, as the tab shows them. */
function lineOf({ serviceType, host }: Row): string {
  return `${serviceType} · ${host}`;
}

function originOf({ owner, values, names }: Row): string {
  const whose = { one: '', nobody: 'nobody owns this name · ', several: 'several own this name · ' }[owner];
  const origins = [...new Set(values.map(({ origin }) => origin ?? 'not by Handover'))].join(', ');
  return `${whose}${names.join(' and ')} name · written: ${origins}`;
}

function section(id: string, text: string): KnownBlock {
  return named(id, plain(text));
}

function named(id: string, block: KnownBlock): KnownBlock {
  return { ...block, block_id: `${HOLDS}.${id}` };
}
