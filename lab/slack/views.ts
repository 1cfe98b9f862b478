import { randomBytes } from 'node:crypto';
import { ApiError } from './api-error';
import { assignIds } from './block-ids';
import type { Changes } from './changes';
import type { Fields } from './fields';
import { fieldsIn, textIn } from './fields';
import type { StateValues } from './input-state';
import { carriedState, initialState } from './input-state';
import { app } from './workspace';

/** A view as Slack sends it. `root_view_id` is the first of its stack. */
export interface View extends Fields {
  id: string;
  type: 'modal' | 'home';
  blocks: Fields[];
  private_metadata: string;
  callback_id: string;
  external_id: string;
  state: { values: StateValues };
  hash: string;
  clear_on_close: boolean;
  notify_on_close: boolean;
  root_view_id: string;
  previous_view_id: string | null;
}

/** How many modals lie on one another at most. */
const stackLimit = 3;

/** Every person's modal stack and Home tab. Refusals are `ApiError`s in Slack's words. */
export class Views {
  readonly #changes: Changes;
  readonly #stacks = new Map<string, View[]>();
  readonly #homes = new Map<string, View>();

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** A new first modal; what the person had open goes. */
  open(user: string, definition: Fields): View {
    this.#refuseTakenExternalId(definition);
    const view = compose(definition, []);
    this.#stacks.set(user, [view]);
    this.#changes.record({ what: 'view', user });
    return view;
  }

  /** Throws `not_found` if the person has no modal open and `push_limit_reached` on top of three. */
  push(user: string, definition: Fields): View {
    const stack = this.stack(user);
    if (stack.length === 0) throw new ApiError('not_found');
    if (stack.length >= stackLimit) throw new ApiError('push_limit_reached');
    this.#refuseTakenExternalId(definition);
    const view = compose(definition, stack);
    this.#stacks.set(user, [...stack, view]);
    this.#changes.record({ what: 'view', user });
    return view;
  }

  /** Throws `not_found` for a view that is no longer open and `hash_conflict` if it changed since `hash`. */
  update(which: { viewId?: string; externalId?: string; hash?: string }, definition: Fields): View {
    const found = this.find(which.viewId, which.externalId);
    if (!found) throw new ApiError('not_found');
    const { view, user } = found;
    if (which.hash && which.hash !== view.hash) throw new ApiError('hash_conflict');
    const before = view.state.values;
    const { id, root_view_id, previous_view_id } = view;
    // An update replaces the whole view: what the new one does not have is gone.
    for (const name of Object.keys(view)) delete view[name];
    Object.assign(view, compose(definition, []), { id, root_view_id, previous_view_id });
    view.state.values = carriedState(view.blocks, before);
    this.#changes.record({ what: 'view', user });
    return view;
  }

  publish(user: string, definition: Fields, hash?: string): View {
    const before = this.#homes.get(user);
    if (before && hash && hash !== before.hash) throw new ApiError('hash_conflict');
    const view = compose(definition, []);
    if (before) Object.assign(view, { id: before.id, root_view_id: before.id });
    this.#homes.set(user, view);
    this.#changes.record({ what: 'view', user });
    return view;
  }

  /** The person's open modals, the one on top last. */
  stack(user: string): View[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): View | undefined {
    return this.#homes.get(user);
  }

  forget(): void {
    this.#stacks.clear();
    this.#homes.clear();
  }

  find(viewId?: string, externalId?: string): { view: View; user: string } | undefined {
    for (const [user, view] of this.#everyView()) {
      if (viewId ? view.id === viewId : externalId && view.external_id === externalId) return { view, user };
    }
    return undefined;
  }

  /** Takes this modal away, or the whole stack; what is gone already stays gone. */
  close(user: string, which: View | 'all'): void {
    const left = this.stack(user).filter((view) => which !== 'all' && view !== which);
    this.#stacks.set(user, left);
    this.#changes.record({ what: 'view', user });
  }

  *#everyView(): Generator<[string, View]> {
    for (const [user, stack] of this.#stacks) for (const view of stack) yield [user, view];
    yield* this.#homes;
  }

  #refuseTakenExternalId(definition: Fields): void {
    const externalId = textIn(definition, 'external_id');
    if (externalId && this.find(undefined, externalId)) throw new ApiError('duplicate_external_id');
  }
}

function compose(definition: Fields, below: View[]): View {
  const id = `V${randomBytes(6).toString('hex').toUpperCase()}`;
  const blocks = assignIds(fieldsIn(definition['blocks']));
  return {
    ...definition,
    id,
    team_id: app.teamId,
    type: definition['type'] === 'home' ? 'home' : 'modal',
    blocks,
    private_metadata: textIn(definition, 'private_metadata'),
    callback_id: textIn(definition, 'callback_id'),
    external_id: textIn(definition, 'external_id'),
    state: { values: initialState(blocks) },
    hash: `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`,
    clear_on_close: definition['clear_on_close'] === true,
    notify_on_close: definition['notify_on_close'] === true,
    root_view_id: below[0]?.id ?? id,
    previous_view_id: below.at(-1)?.id ?? null,
    app_id: app.appId,
    app_installed_team_id: app.teamId,
    bot_id: app.botId,
  };
}
