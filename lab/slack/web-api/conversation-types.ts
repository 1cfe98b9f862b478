import { ApiError } from '../api-error';
import type { ConversationType } from '../scopes';
import { isConversationType } from '../scopes';
import type { Arguments } from './arguments';

/** The types of an argument `types`; throws `invalid_types`. Absent: public channels. */
export function wantedTypes(args: Arguments): Set<ConversationType> {
  const types = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
  const known = types.filter((type) => isConversationType(type));
  if (known.length < types.length) throw new ApiError('invalid_types');
  return new Set(known);
}
