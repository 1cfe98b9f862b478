import type { Rule, Shape, Surface } from './block-rules';
import {
  blockCounts,
  blockShapes,
  blockTextTotal,
  elementShapes,
  objectShapes,
  viewShapes,
} from './block-rules';
import { elementsOf } from './block-ids';
import type { Fields } from './fields';
import { fieldsIn, isFields } from './fields';

/** Complaints in Slack's form, `what is wrong [json-pointer:/blocks/0/text]`; empty if Slack would take the blocks. */
export function checkBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): string[] {
  if (!Array.isArray(blocks)) return [complaint('must be a list', pointer)];
  const complaints: string[] = [];
  const max = blockCounts[surface];
  if (blocks.length > max) complaints.push(complaint(`no more than ${max} items allowed`, pointer));
  for (const [index, block] of blocks.entries()) complaints.push(...checkBlock(block, `${pointer}/${index}`));
  return [...complaints, ...repeatedIds(fieldsIn(blocks), pointer)];
}

/** As `checkBlocks`, for the whole view: title, buttons, metadata and blocks. */
export function checkView(view: Fields, surface: 'modal' | 'home'): string[] {
  const { blocks, ...rest } = view;
  const complaints = [
    ...checkShape(rest, viewShapes[surface], '/view'),
    ...checkBlocks(blocks, surface, '/view/blocks'),
  ];
  const hasInput = fieldsIn(blocks).some((block) => block['type'] === 'input');
  if (surface === 'modal' && hasInput && !view['submit'])
    complaints.push(complaint('missing required field: submit', '/view'));
  return complaints;
}

/** True if the blocks' texts are together longer than Slack surely takes in one message. */
export function areBlocksTooLong(blocks: Fields[]): boolean {
  let total = 0;
  JSON.stringify(blocks, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') total += value.length;
    return value;
  });
  return total > blockTextTotal;
}

function checkBlock(block: unknown, pointer: string): string[] {
  if (!isFields(block)) return [complaint('must be an object', pointer)];
  const type = String(block['type']);
  const shape = Object.hasOwn(blockShapes, type) ? blockShapes[type] : undefined;
  return shape
    ? checkShape(block, shape, pointer)
    : [complaint(`unsupported type: ${type}`, `${pointer}/type`)];
}

function checkShape(value: Fields, shape: Shape, pointer: string): string[] {
  const complaints: string[] = [];
  for (const need of shape.required ?? []) {
    const names = typeof need === 'string' ? [need] : need;
    if (!names.some((name) => name in value))
      complaints.push(complaint(`missing required field: ${names.join(' or ')}`, pointer));
  }
  for (const [name, content] of Object.entries(value)) {
    const rule = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (rule) complaints.push(...checkValue(content, rule, `${pointer}/${name}`));
    else if (name !== 'type') complaints.push(complaint(`invalid additional property: ${name}`, pointer));
  }
  return complaints;
}

function checkValue(value: unknown, rule: Rule, pointer: string): string[] {
  switch (rule.kind) {
    case 'open':
      return [];
    case 'flag':
      return typeof value === 'boolean' ? [] : [complaint('must be a boolean', pointer)];
    case 'choice':
      return rule.of.includes(String(value))
        ? []
        : [complaint(`must be one of: ${rule.of.join(', ')}`, pointer)];
    case 'number':
      return checkNumber(value, rule, pointer);
    case 'string':
      return checkString(value, rule, pointer);
    case 'text':
      return checkText(value, rule, pointer);
    case 'list':
      return checkList(value, rule, pointer);
    case 'object':
      return isFields(value)
        ? checkShape(value, objectShapes[rule.shape], pointer)
        : [complaint('must be an object', pointer)];
    case 'element':
      return checkElement(value, rule.of, pointer);
  }
}

function checkNumber(value: unknown, rule: Rule & { kind: 'number' }, pointer: string): string[] {
  const isWithin = typeof value === 'number' && value >= rule.min && value <= rule.max;
  return isWithin ? [] : [complaint(`must be a number from ${rule.min} to ${rule.max}`, pointer)];
}

function checkString(value: unknown, rule: Rule & { kind: 'string' }, pointer: string): string[] {
  const { min = 0, max } = rule;
  if (typeof value !== 'string') return [complaint('must be a string', pointer)];
  if (value.length < min) return [complaint(`must be more than ${min - 1} characters`, pointer)];
  return value.length > max ? [complaint(`must be less than ${max + 1} characters`, pointer)] : [];
}

const textExtras = { plain_text: 'emoji', mrkdwn: 'verbatim' } as const;

function checkText(value: unknown, rule: Rule & { kind: 'text' }, pointer: string): string[] {
  if (!isFields(value)) return [complaint('must be an object', pointer)];
  const type = rule.types.find((allowed) => allowed === value['type']);
  if (!type) return [complaint(`unsupported type: ${String(value['type'])}`, `${pointer}/type`)];
  const extra = textExtras[type];
  return checkShape(
    value,
    {
      fields: { text: { kind: 'string', min: 1, max: rule.max }, [extra]: { kind: 'flag' } },
      required: ['text'],
    },
    pointer,
  );
}

function checkList(value: unknown, rule: Rule & { kind: 'list' }, pointer: string): string[] {
  if (!Array.isArray(value)) return [complaint('must be a list', pointer)];
  if (value.length < rule.min) return [complaint(`no fewer than ${rule.min} items allowed`, pointer)];
  if (value.length > rule.max) return [complaint(`no more than ${rule.max} items allowed`, pointer)];
  return value.flatMap((item, index) => checkValue(item, rule.item, `${pointer}/${index}`));
}

function checkElement(value: unknown, types: string[], pointer: string): string[] {
  if (!isFields(value)) return [complaint('must be an object', pointer)];
  const type = String(value['type']);
  if (!types.includes(type)) return [complaint(`unsupported type: ${type}`, `${pointer}/type`)];
  if (type === 'plain_text' || type === 'mrkdwn')
    return checkText(value, { kind: 'text', types: [type], max: 3000 }, pointer);
  const shape = elementShapes[type];
  return shape ? checkShape(value, shape, pointer) : [complaint(`unsupported type: ${type}`, pointer)];
}

function repeatedIds(blocks: Fields[], pointer: string): string[] {
  const seen = new Set<unknown>();
  const complaints: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const at = `${pointer}/${index}`;
    const id = block['block_id'];
    if (id !== undefined && seen.has(id))
      complaints.push(complaint('block_id already exists', `${at}/block_id`));
    seen.add(id);
    const actions = elementsOf(block).flatMap((element) => element['action_id'] ?? []);
    if (new Set(actions).size < actions.length) complaints.push(complaint('action_id already exists', at));
  }
  return complaints;
}

function complaint(what: string, pointer: string): string {
  return `${what} [json-pointer:${pointer}]`;
}
