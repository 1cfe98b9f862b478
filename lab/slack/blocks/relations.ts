import { isDeepStrictEqual } from 'node:util';
import type { Fields } from '../fields';
import { fieldsIn, isFields, textIn } from '../fields';
import type { Complaint } from './complaint';
import { complaint } from './complaint';
import type { RelationName } from './rule';

/** What the fields of one object say about one another. Where no report shows Slack's words they are our own. */
export const relations: Readonly<Record<RelationName, (value: Fields, pointer: string) => Complaint[]>> = {
  /** "Exactly matches one of the options": all of it, not only the value. */
  initialIsOption: (value, pointer) => {
    const grouped = fieldsIn(value['option_groups']).flatMap((group) => fieldsIn(group['options']));
    const offered = [...fieldsIn(value['options']), ...grouped];
    const isOffered = (option: unknown): boolean => offered.some((one) => isDeepStrictEqual(one, option));
    const one = value['initial_option'];
    const many = fieldsIn(value['initial_options']);
    return [
      ...(one === undefined || isOffered(one) ? [] : [notOffered(`${pointer}/initial_option`)]),
      ...many.flatMap((option, index) =>
        isOffered(option) ? [] : [notOffered(`${pointer}/initial_options/${index}`)],
      ),
    ];
  },

  lengthsFit: (value, pointer) => inOrder(value, ['min_length', 'max_length'], pointer),
  linesFit: (value, pointer) => inOrder(value, ['min_lines', 'max_lines'], pointer),

  numbersFit: (value, pointer) => [
    ...inOrder(value, ['min_value', 'max_value'], pointer),
    ...['initial_value', 'min_value', 'max_value'].flatMap((name) =>
      value['is_decimal_allowed'] === false && textIn(value, name).includes('.')
        ? [complaint('must be a whole number unless is_decimal_allowed', `${pointer}/${name}`)]
        : [],
    ),
  ],

  /** "If `dispatch_action` is set to `true` and a `file_input` … is provided, an unsupported type error will be raised." */
  noDispatchOfFiles: ({ dispatch_action: isDispatched, element }, pointer) =>
    isDispatched === true && isFields(element) && element['type'] === 'file_input'
      ? [complaint('unsupported type: file_input', `${pointer}/element/type`)]
      : [],

  /** The first row is the header, and holds no rich text; every row has as many cells. */
  rowsAlike: ({ rows }, pointer) => {
    const lists = Array.isArray(rows) ? rows.filter((row) => Array.isArray(row)) : [];
    const [header = []] = lists;
    return [
      ...fieldsIn(header).flatMap(({ type }, index) =>
        type === 'rich_text'
          ? [complaint('unsupported type: rich_text', `${pointer}/rows/0/${index}/type`)]
          : [],
      ),
      ...lists.flatMap((row, index) =>
        row.length === header.length
          ? []
          : [complaint(`must have ${header.length} cells as the first row`, `${pointer}/rows/${index}`)],
      ),
    ];
  },

  /** Every series has one point for each category, under a name of its own. */
  chartFits: ({ series, axis_config: axis }, pointer) => {
    const categories = isFields(axis) && Array.isArray(axis['categories']) ? axis['categories'] : [];
    const all = fieldsIn(series);
    return all.flatMap(({ name, data }, index) => {
      const at = `${pointer}/series/${index}`;
      const labels = fieldsIn(data).map(({ label }) => label);
      const fits = labels.length === categories.length && categories.every((each) => labels.includes(each));
      return [
        ...(fits ? [] : [complaint('must have one point for each category', `${at}/data`)]),
        ...(all.findIndex((one) => one['name'] === name) < index
          ? [complaint('must have a name of its own', `${at}/name`)]
          : []),
      ];
    });
  },
};

function notOffered(pointer: string): Complaint {
  return complaint('must be one of the options', pointer);
}

function inOrder(value: Fields, [least, most]: [string, string], pointer: string): Complaint[] {
  if (value[least] === undefined || value[most] === undefined) return [];
  const isInOrder = Number(value[least]) <= Number(value[most]);
  return isInOrder ? [] : [complaint(`must not be more than ${most}`, `${pointer}/${least}`)];
}
