import type { KnownBlock, ModalView } from '@slack/types';
import type { ChangeAsk } from '../../../core/commands/ask';
import type { Preview } from '../../../jobs/client';
import { plain, plainText, row, words } from '../../cards/message';
import { previewAnswer } from '../../commands/answers';
import type { Where } from '../where';
import { PLAN, TRY_AGAIN } from './fields';
import { typedLine, writeAsk } from './say-view';

/** What the third step is about. `externalId` is how it is found again: Slack does not tell the id of a view that an answer has pushed. */
export interface PlanAbout {
  readonly where: Where;
  readonly ask: ChangeAsk;
  readonly externalId: string;
}

/** The third step before a worker has answered. */
export function planSkeleton(about: PlanAbout): ModalView {
  return view(about, [plain('🔎 Reading the directory. Nothing is changed by this.')]);
}

/** The third step: what exactly will change. What a guard refuses cannot be sent. */
export function planView(about: PlanAbout, preview: Preview): ModalView {
  const blocks = [...previewAnswer(preview, about.ask).blocks, typedLine(about.ask)];
  if (preview.part === null || preview.part.changes.length === 0) return view(about, blocks);
  return { ...view(about, blocks), submit: plainText('Ask for approval') };
}

/** The third step when nobody has answered: `text` in mrkdwn says so, and a button asks again. */
export function planFailed(about: PlanAbout, text: string): ModalView {
  const again = row([{ type: 'button', action_id: TRY_AGAIN, text: plainText('Try again') }]);
  return view(about, [words(text), again]);
}

/** What is left of the form when its request was made or refused; closing it closes all steps. */
export function doneView(text: string): ModalView {
  return {
    type: 'modal',
    callback_id: PLAN,
    title: plainText('Delegation'),
    close: plainText('Close'),
    clear_on_close: true,
    blocks: [words(text)],
  };
}

/** What came of it: a request, or why there is none; then its person can go back and mend what was filled in. */
export function answeredView(about: PlanAbout | null, text: string): ModalView {
  // Every refusal and failure begins with its sign.
  return about !== null && /^(?:🚫|⏳|💥)/u.test(text) ? planFailed(about, text) : doneView(text);
}

function view({ where, ask, externalId }: PlanAbout, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: PLAN,
    external_id: externalId,
    private_metadata: writeAsk(where, ask),
    title: plainText('What will change'),
    close: plainText('Back'),
    blocks,
  };
}
