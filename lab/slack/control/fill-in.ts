import { z } from 'zod';
import { allBlocks, elementsOf } from '../block-ids';
import { fieldsIn, isFields, textIn, type Fields } from '../fields';
import { chosenEntry } from '../input-state';
import type { Parts } from '../parts';
import type { View } from '../views';

/** What a person has filled in, by action id. */
export const Values = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()]));

/** Puts the values into the view's state; returns what cannot be. */
export function fillIn(
  parts: Parts,
  view: View,
  values: z.infer<typeof Values>,
): 'no_such_action' | 'no_such_option' | undefined {
  for (const [actionId, value] of Object.entries(values)) {
    const block = allBlocks(view.blocks).find((one) =>
      elementsOf(one).some((element) => element['action_id'] === actionId),
    );
    const element = block && elementsOf(block).find((one) => one['action_id'] === actionId);
    if (!block || !element) return 'no_such_action';
    const state = (view.state.values[textIn(block, 'block_id')] ??= {});
    const offered = [...(parts.suggestions.get(element) ?? []), ...chosenOptions(state[actionId])];
    const entry = chosenEntry(element, value, offered);
    if (!entry) return 'no_such_option';
    state[actionId] = entry;
  }
  return undefined;
}

/** What is chosen stays offered, whatever was suggested since. */
function chosenOptions(entry: Fields | undefined): Fields[] {
  const one = entry?.['selected_option'];
  return [...(isFields(one) ? [one] : []), ...fieldsIn(entry?.['selected_options'])];
}
