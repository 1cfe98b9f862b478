import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { refusalOf } from '../../slack-fault';

/** A view that is open, as Slack last told of it. */
export interface OpenView {
  readonly id: string;
  readonly hash: string;
}

/** Updates a view if it is still as it was: 'closed' by its person, or 'conflict' when it was changed meanwhile. Throws what else Slack fails with. */
export async function updateView(
  web: WebClient,
  { id, hash }: OpenView,
  view: ModalView,
): Promise<OpenView | 'closed' | 'conflict'> {
  try {
    const updated = await web.views.update({ view_id: id, hash, view });
    return { id, hash: updated.view?.hash ?? '' };
  } catch (error) {
    const word = refusalOf(error);
    if (word === 'not_found') return 'closed';
    if (word === 'hash_conflict') return 'conflict';
    throw error;
  }
}
