import { ApiError } from '../api-error';
import { checkView } from '../block-check';
import type { Fields } from '../fields';
import type { Arguments } from './arguments';
import type { Method } from './method';
import { botMethod } from './method';

/** The largest view, in bytes of JSON. */
const viewLimit = 250_000;

/** The `views.*` methods. A refused view leaves its trigger unused. */
export const viewMethods: Record<string, Method> = {
  'views.open': botMethod((parts, args) => {
    const view = viewArgument(args, 'modal');
    return { view: parts.views.open(parts.triggers.exchange(args.need('trigger_id')), view) };
  }),

  'views.push': botMethod((parts, args) => {
    const view = viewArgument(args, 'modal');
    const { user, modal } = parts.triggers.exchangeWithin(args.need('trigger_id'));
    if (!parts.views.stack(user).some((open) => open.id === modal)) throw new ApiError('not_found');
    return { view: parts.views.push(user, view) };
  }),

  'views.update': botMethod((parts, args) => {
    const viewId = args.text('view_id') ?? '';
    const externalId = args.text('external_id') ?? '';
    const current = parts.views.find(viewId, externalId)?.view;
    if (!current) throw new ApiError('not_found');
    const view = viewArgument(args, current.type);
    return { view: parts.views.update({ viewId, externalId, hash: args.text('hash') ?? '' }, view) };
  }),

  'views.publish': botMethod((parts, args) => {
    const user = parts.workspace.users.find((one) => one.id === args.text('user_id'));
    if (!user) throw new ApiError('invalid_arguments', ['[ERROR] invalid `user_id`']);
    return { view: parts.views.publish(user.id, viewArgument(args, 'home'), args.text('hash')) };
  }),
};

function viewArgument(args: Arguments, surface: 'modal' | 'home'): Fields {
  const view = args.object('view', 'invalid_arguments');
  if (!view) throw new ApiError('invalid_arguments', ['[ERROR] missing required field: view']);
  return checkedView(view, surface);
}

/** Throws `invalid_arguments` with pointers, or `view_too_large`. */
export function checkedView(view: Fields, surface: 'modal' | 'home'): Fields {
  if (view['type'] !== surface)
    throw new ApiError('invalid_arguments', [
      `[ERROR] view must be of type ${surface} [json-pointer:/view/type]`,
    ]);
  const complaints = checkView(view, surface);
  if (complaints.length > 0)
    throw new ApiError(
      'invalid_arguments',
      complaints.map((line) => `[ERROR] ${line}`),
    );
  if (JSON.stringify(view).length > viewLimit) throw new ApiError('view_too_large');
  return view;
}
