import type { Button, HomeView, KnownBlock } from '@slack/types';
import type { ComparedFindings } from '../../core/findings/baseline';
import type { Health, HomeOverview } from '../../jobs/client';
import { context, header, mrkdwn, plain, plainText, row, words } from '../cards/message';
import { clip, counted, moment } from '../cards/text';
import { findingTitle } from '../lists/findings';
import { hostsSection } from './hosts';
import { commandButton, startButtons } from './buttons';
import { pagesOf, type Section } from './pages';
import { requestSections, titleOf, type Drawing } from './sections';
import { standstillBlocks } from './standstill';

/** Button that turns to another page; its value is the page's number. */
export const HOME_PAGE = 'home.page';

/** What Home shows beside requests. `findings`: absent where the person may not see them. */
export interface HomeContent extends Drawing {
  readonly overview: HomeOverview;
  readonly findings?: ComparedFindings | 'reading' | 'unread';
  /** What has just come of a click, in mrkdwn; null: nothing. */
  readonly notice: string | null;
  /** From 0; one that does not exist is the last. */
  readonly page: number;
}

const WORST = 3;

/** Somebody's Home: what waits for that person first. */
export function homeView(content: HomeContent): HomeView {
  const { overview, notice, findings } = content;
  const hosts = hostsSection(overview);
  const sections = [
    ...requestSections(overview, content),
    ...(hosts ? [hosts] : []),
    ...(findings === undefined ? [] : [findingsSection(findings)]),
  ];
  const pages = pagesOf(sections);
  const at = Math.min(Math.max(0, content.page), pages.length - 1);
  return {
    type: 'home',
    blocks: [
      ...(notice === null ? [] : [words(clip(notice, 2_900)), { type: 'divider' as const }]),
      ...standstillBlocks(overview, content.by),
      row(startButtons(content)),
      ...(pages[at] ?? []),
      ...(overview.unseen > 0
        ? [plain(`${counted(overview.unseen, 'open request')} more: too many for Home.`)]
        : []),
      ...pager(at, pages.length),
      healthLine(content),
    ],
  };
}

/** What a view shows, without what differs each time that it is drawn. */
export function shownIn(content: HomeContent): string {
  const { overview } = content;
  const health = { ...overview.health, ledgerMs: 0 };
  return JSON.stringify(homeView({ ...content, overview: { ...overview, health } }));
}

/** What somebody sees who may see nothing; `text` in mrkdwn says why. */
export function closedHome(text: string): HomeView {
  return { type: 'home', blocks: [header('Handover'), words(text)] };
}

function findingsSection(findings: ComparedFindings | 'reading' | 'unread'): Section {
  if (typeof findings === 'string') {
    const why =
      findings === 'reading'
        ? 'The directory is being read …'
        : 'The directory could not be read just now. Nothing was changed; open Home again later.';
    return { title: titleOf('Findings', 0), entries: [[plain(why)]] };
  }
  const all = findings.findings;
  const worst = all.slice(0, WORST).map((each) => `• ${findingTitle(each)}`);
  const more = all.length - worst.length;
  const lines = [...worst, ...(more > 0 ? [`… and ${more} more.`] : [])];
  return {
    title: titleOf('Findings', all.length),
    entries: [
      all.length === 0
        ? [plain('Nothing about delegation is out of order.')]
        : [plain(lines.join('\n')), row([commandButton('home-findings', 'All findings', '/hv findings')])],
    ],
  };
}

function pager(at: number, count: number): readonly KnownBlock[] {
  if (count < 2) return [];
  const turn = (to: number, label: string): Button => ({
    type: 'button',
    action_id: `${HOME_PAGE}.${to < at ? 'back' : 'on'}`,
    text: plainText(label),
    value: `${to}`,
  });
  return [
    words(`Page ${at + 1} of ${count}`),
    row([...(at > 0 ? [turn(at - 1, 'Back')] : []), ...(at < count - 1 ? [turn(at + 1, 'Next page')] : [])]),
  ];
}

/** Words, not colours: which parts answer, and how old the directory's reading is. */
function healthLine({ overview, findings }: HomeContent): KnownBlock {
  const { health, open } = overview;
  const readAt = Math.max(
    typeof findings === 'object' ? findings.at : 0,
    ...open.map(({ plan }) => plan?.observedAt ?? 0),
  );
  return context([
    plainText(healthText(health)),
    mrkdwn(readAt > 0 ? `directory as of ${moment(readAt)}` : 'directory not read for this page'),
  ]);
}

function healthText({ conducts, readsDirectory, ledgerMs }: Health): string {
  const workers =
    conducts && readsDirectory
      ? '✔ Workers alive'
      : [
          ...(conducts ? [] : ['✖ No conduct worker: requests do not go on']),
          ...(readsDirectory ? [] : ['✖ No directory worker answers: nothing is planned or written']),
        ].join(' · ');
  return `${workers} · ✔ Redis answers (${Math.ceil(ledgerMs)} ms)`;
}
