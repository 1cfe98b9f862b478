import { allBlocks, elementsOf } from './block-ids';
import { checkShape, checkTyped } from './blocks/check-shape';
import type { Complaint } from './blocks/complaint';
import { complaint } from './blocks/complaint';
import type { Surface } from './blocks/rule';
import { blockCounts, mixedLength, typeCounts, typeLengths, wholeLength } from './blocks/totals';
import { views } from './blocks/views';
import type { Fields } from './fields';
import { fieldsIn, isFields } from './fields';

/**
 * Complaints in Slack's form, `what is wrong [json-pointer:/blocks/0/text]`; empty if Slack would take the blocks and the
 * page can show them. What only the page cannot show is told as such.
 */
export function checkBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): string[] {
  return blockComplaints(blocks, surface, pointer).map((one) => written(one));
}

/** As `checkBlocks`, for the whole view: title, buttons, metadata and blocks. */
export function checkView(view: Fields, surface: 'modal' | 'home'): string[] {
  return viewComplaints(view, surface).map((one) => written(one));
}

/** What Slack itself would say about blocks, whatever the page can show. */
export function slackComplaints(blocks: unknown, surface: Surface): string[] {
  const complaints = blockComplaints(blocks, surface).filter(({ isOwn }) => !isOwn);
  return complaints.map((one) => written(one));
}

/** True if there are more tables than Slack takes in one message, for which it has an error of its own. */
export function hasTooManyTables(blocks: Fields[]): boolean {
  return ofType(blocks, 'table').length > (typeCounts['table'] ?? 0);
}

/** True if the blocks' texts are together longer than Slack surely takes in one message. */
export function areBlocksTooLong(blocks: Fields[]): boolean {
  const marked = textLength(ofType(blocks, 'markdown'));
  const total = textLength(blocks);
  return total - marked > mixedLength || total > wholeLength;
}

function blockComplaints(blocks: unknown, surface: Surface, pointer = '/blocks'): Complaint[] {
  if (!Array.isArray(blocks)) return [complaint('must provide an array', pointer)];
  const max = blockCounts[surface];
  return [
    ...(blocks.length > max ? [complaint(`no more than ${max} items allowed`, pointer)] : []),
    ...blocks.flatMap((block, index) =>
      checkTyped(block, { section: 'blocks', of: 'all' }, { pointer: `${pointer}/${index}`, surface }),
    ),
    ...repeatedIds(blocks, pointer),
    ...overTotals(blocks, pointer),
  ];
}

function viewComplaints(view: Fields, surface: 'modal' | 'home'): Complaint[] {
  const { blocks } = view;
  return [
    ...checkShape(view, views[surface], { pointer: '/view', surface }),
    ...(blocks === undefined ? [] : blockComplaints(blocks, surface, '/view/blocks')),
    ...(surface === 'modal' && view['submit'] === undefined ? inputsWithoutSubmit(blocks) : []),
    ...manyFocused(blocks),
  ];
}

/** Slack's words and its odd pointer: slackapi/node-slack-sdk issue 875, and later reports with "an … in modals". */
function inputsWithoutSubmit(blocks: unknown): Complaint[] {
  const inputs = walk(blocks, '/view/blocks').filter(({ block }) => block['type'] === 'input');
  const what = 'must define `submit` to use an `input` block in modals';
  return inputs.slice(0, 1).map(({ pointer }) => complaint(what, `${pointer}/input`));
}

/** "Only one element can be set to `true`", says every page with focus_on_load; the words are our own. */
function manyFocused(blocks: unknown): Complaint[] {
  const focused = walk(blocks, '/view/blocks').flatMap(({ block, pointer }) =>
    elementsOf(block).flatMap((element) => (element['focus_on_load'] === true ? [pointer] : [])),
  );
  return focused.slice(1).map((pointer) => complaint('only one element may have focus_on_load', pointer));
}

/** Slack names what is there already; a report shows it for action ids, for block ids it is by likeness. */
function repeatedIds(blocks: unknown, pointer: string): Complaint[] {
  const blockIds = new Set<string>();
  return walk(blocks, pointer).flatMap((place) => {
    const { block } = place;
    const actionIds = new Set<string>();
    return [
      ...repeated({ id: block['block_id'], seen: blockIds }, 'block_id', place.pointer),
      ...fieldsIn(block['elements']).flatMap((element, index) =>
        repeated(
          { id: element['action_id'], seen: actionIds },
          'action_id',
          `${place.pointer}/elements/${index}`,
        ),
      ),
    ];
  });
}

function repeated(
  { id, seen }: { id: unknown; seen: Set<string> },
  name: 'block_id' | 'action_id',
  pointer: string,
): Complaint[] {
  if (typeof id !== 'string') return [];
  const isThere = seen.has(id);
  seen.add(id);
  return isThere ? [complaint(`\`${name}\` "${id}" already exists`, `${pointer}/${name}`)] : [];
}

function overTotals(blocks: unknown, pointer: string): Complaint[] {
  const counts = Object.entries(typeCounts).filter(([type]) => type !== 'table');
  return [
    ...counts.flatMap(([type, max]) =>
      ofType(blocks, type).length > max
        ? [complaint(`no more than ${max} ${type} blocks allowed`, pointer)]
        : [],
    ),
    ...Object.entries(typeLengths).flatMap(([type, max]) =>
      textLength(ofType(blocks, type)) > max
        ? [complaint(`all ${type} blocks together must be less than ${max + 1} characters`, pointer)]
        : [],
    ),
  ];
}

/** Every block with its pointer, and after each container what it holds. */
function walk(blocks: unknown, pointer: string): { block: Fields; pointer: string }[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap((block: unknown, index) => {
    if (!isFields(block)) return [];
    const at = `${pointer}/${index}`;
    return [{ block, pointer: at }, ...walk(block['child_blocks'], `${at}/child_blocks`)];
  });
}

function ofType(blocks: unknown, type: string): Fields[] {
  return allBlocks(fieldsIn(blocks)).filter((block) => block['type'] === type);
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (!isFields(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, content]) =>
      sum + (name === 'text' && typeof content === 'string' ? content.length : textLength(content)),
    0,
  );
}

function written({ what, pointer }: Complaint): string {
  return `${what} [json-pointer:${pointer}]`;
}
