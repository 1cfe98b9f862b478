import type { Button, KnownBlock } from '@slack/types';
import { isSamePerson, type Person } from '../../core/request/statement';
import type { RequestRecord } from '../../core/request/record';
import type { Policy } from '../../core/settings';
import type { HomeOverview } from '../../jobs/client';
import type { PagesKnown } from '../card-link';
import { buttonsOf, type ButtonsBeside } from '../cards/buttons';
import { cardBody } from '../cards/card';
import { header, plain, row, words } from '../cards/message';
import { powerSentence } from '../cards/power';
import { clip, inert, labelText, moment } from '../cards/text';
import { undecided } from '../cards/votes';
import { requestLine, wayTo, type Links } from '../lists/request-line';
import type { Section } from './pages';

/** Whose Home it is, and what it is drawn with. `links`: addresses of cards by request id, of those that are known. */
export interface Drawing {
  readonly by: Person;
  readonly policy: Policy;
  readonly links: Links;
  /** Of plans that no card shows whole, by request id. */
  readonly pages?: ReadonlyMap<string, PagesKnown>;
}

/** More in one list than this is counted: `/hv requests` has all of them. */
const MOST = 15;

const DECIDING = ['request.approve', 'request.deny', 'request.glass'];
const RUNNING = ['approved', 'running', 'awaiting-hand'];

/** Everything about requests at Home, in its order; a list without anything is left out but for the first. */
export function requestSections(overview: HomeOverview, drawing: Drawing): readonly Section[] {
  const { by, policy } = drawing;
  const waiting = overview.open.filter((record) => waitsFor(record, by, policy));
  const own = overview.open.filter((record) => isSamePerson(record.intake.statement.by, by));
  const others = overview.open.filter(
    (record) => RUNNING.includes(record.state) && !own.includes(record) && !waiting.includes(record),
  );
  return [
    {
      title: [headed('Waiting for you', waiting.length)],
      entries:
        waiting.length === 0
          ? [[plain('Nothing waits for your decision.')]]
          : waiting.map((record, at) => [
              ...(at === 0 ? [] : [{ type: 'divider' as const }]),
              ...decisionBlocks(record, drawing),
            ]),
    },
    listed('To be reviewed', overview.toReview, (record) => [
      words(`🧨 ${requestLine(record, drawing.links)}`),
      ...buttonRow(record, policy, { actions: ['request.review'] }),
    ]),
    listed('Your requests', own, (record) => [
      words(requestLine(record, drawing.links)),
      ...buttonRow(record, policy, { actions: ['request.withdraw', 'request.stop', 'request.look'] }),
    ]),
    listed('Running', others, (record) => [
      words(requestLine(record, drawing.links)),
      ...buttonRow(record, policy, { actions: ['request.stop'] }),
    ]),
    listed('Expiring', overview.expiring, ({ reversal, parent }) => [
      words(expiryOf(reversal, parent, drawing)),
      ...buttonRow(parent, policy, { actions: ['request.extend'], reversal }),
    ]),
  ].filter(({ entries }) => entries.length > 0);
}

/** Whether a person is among those whose decision a request waits for. */
function waitsFor(record: RequestRecord, by: Person, policy: Policy): boolean {
  const { state, plan } = record;
  if (state !== 'waiting' || !plan) return false;
  return undecided(record, plan, policy).some((person) => isSamePerson(person, by));
}

/** All that the card shows, since here too nobody may approve what is not shown. */
function decisionBlocks(record: RequestRecord, { policy, links, pages }: Drawing): readonly KnownBlock[] {
  const { delivered, link = null } = pages?.get(record.id) ?? {};
  return [
    ...cardBody(record, policy, delivered && { delivered }),
    ...buttonRow(record, policy, { actions: DECIDING, delivered }),
    ...(link === null ? [] : [words(`<${link}|Open the pages of ${labelText(record.label)}>`)]),
    ...cardLine(record, links),
  ];
}

function expiryOf({ reverses }: RequestRecord, parent: RequestRecord, { links }: Drawing): string {
  const due = reverses ? moment(reverses.due) : '';
  return `*${inert(clip(powerSentence(parent), 150))}*\n⏱ Ends ${due} · added by ${wayTo(parent, links)}`;
}

function cardLine({ id, label }: RequestRecord, links: Links): readonly KnownBlock[] {
  const link = links.get(id);
  return link === undefined ? [] : [words(`<${link}|Open the card of ${labelText(label)}>`)];
}

function buttonRow(
  record: RequestRecord,
  policy: Policy,
  { actions, ...beside }: ButtonsBeside & { actions: readonly string[] },
): readonly KnownBlock[] {
  const buttons: readonly Button[] = buttonsOf(record, policy, beside).filter(
    ({ action_id: action }) => action !== undefined && actions.includes(action),
  );
  // A name that lasts: Home may be drawn anew while somebody is asked whether they are sure.
  return buttons.length === 0 ? [] : [row(buttons, `${record.id} ${actions.join(' ')}`)];
}

function listed<T>(name: string, all: readonly T[], entryOf: (each: T) => readonly KnownBlock[]): Section {
  const shown = all.slice(0, MOST).map(entryOf);
  const more = all.length - shown.length;
  const rest = more > 0 ? [[plain(`… and ${more} more: /hv requests has all of them.`)]] : [];
  return { title: titleOf(name, all.length), entries: [...shown, ...rest] };
}

/** A section's first lines, set off from what stands above. */
export function titleOf(name: string, count: number): readonly KnownBlock[] {
  return [{ type: 'divider' }, headed(name, count)];
}

function headed(name: string, count: number): KnownBlock {
  return header(count === 0 ? name : `${name} · ${count}`);
}
