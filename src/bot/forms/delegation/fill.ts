import type { ModalView } from '@slack/types';
import type { Person } from '../../../core/request/statement';
import type { RequestClient } from '../../../jobs/client';
import { plainly } from '../../actions/register';
import { fillView, type FillContent } from './fill-view';
import { NO_HOLDS, type FillState, type Holds } from './form-state';
import { holdsBlocks, holdsNote } from './holds';
import type { OpenView } from './open-view';
import { showFill, type ShowParts } from './show-fill';
import { namesToCheck, readTyped } from './typed-names';

/** What filling needs. */
export interface FillParts extends ShowParts {
  readonly client: Pick<RequestClient, 'delegations' | 'suggestNames' | 'checkNames'>;
  readonly failure: (error: unknown) => string;
}

/** The first step before anything is shown in it but what is chosen. */
export function plainContent(state: FillState): FillContent {
  return { ...state, notice: null, checked: [] };
}

/** What stands in the first step while it is being read what the computer holds. */
export function readingNews({ computer }: FillState): Partial<FillContent> {
  const blocks = computer === null ? [] : holdsNote(`🔎 Reading what ${computer} may delegate to now …`);
  return { holdsOf: null, isAnyProtocol: false, holds: { ...NO_HOLDS, blocks }, notice: null };
}

/** The first step while it is being read what the computer holds. */
export function readingView(state: FillState): ModalView {
  return fillView({ ...plainContent(state), ...readingNews(state) });
}

/** How what a computer holds is read and shown. `checked`: what Check Names has said, which stays. */
interface Filling {
  readonly state: FillState;
  readonly by: Person;
  readonly unticked: (tick: string) => boolean;
  readonly checked?: readonly string[];
}

/** Reads what the computer holds (without one: whether anybody is there to read) and shows it. Throws what Slack fails with. */
export async function fillHolds(parts: FillParts, view: OpenView, filling: Filling): Promise<void> {
  const { state, checked = [] } = filling;
  const { notice, holds, isAnyProtocol } = await readHolds(parts, filling);
  if (state.computer === null && notice === null) return;
  // What was not read is asked for again at the next occasion.
  const holdsOf = notice === null ? state.computer : null;
  await showFill(parts, view, {
    seen: { ...plainContent(state), checked },
    news: { holds, holdsOf, isAnyProtocol, notice },
  });
}

/** What was read of a computer, or why nothing was. */
interface Read {
  readonly notice: string | null;
  readonly holds: Holds;
  readonly isAnyProtocol: boolean;
}

async function readHolds({ client, failure }: FillParts, { state, by, unticked }: Filling): Promise<Read> {
  const { computer } = state;
  const [host] = computer === null ? [] : namesToCheck(readTyped(computer));
  try {
    if (!host) {
      await client.suggestNames('', by);
      return { notice: null, holds: NO_HOLDS, isAnyProtocol: false };
    }
    const listed = await client.delegations({ host, verify: false, raw: false }, by);
    if (listed.kind === 'refused') return noted(`What it holds now is not shown: ${listed.problem.summary}`);
    const { answer } = listed;
    if (answer.kind === 'host') {
      const isAnyProtocol = answer.view.host?.trust === 'any-protocol';
      return { ...withBlocks(holdsBlocks(answer.view, unticked)), isAnyProtocol };
    }
    if (answer.kind === 'overview') return withBlocks([]);
    const near = answer.nearest === null ? '' : ` Did you mean ${answer.nearest}?`;
    return noted(`${host.text} may delegate to nothing now.${near}`);
  } catch (error) {
    return { notice: plainly(failure(error)), holds: NO_HOLDS, isAnyProtocol: false };
  }
}

function noted(text: string): Read {
  return withBlocks(holdsNote(text));
}

function withBlocks(blocks: Holds['blocks']): Read {
  return { notice: null, holds: { ...NO_HOLDS, blocks }, isAnyProtocol: false };
}
