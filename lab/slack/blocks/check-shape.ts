import type { Fields } from '../fields';
import { isFields } from '../fields';
import type { Complaint } from './complaint';
import { complaint, notShown } from './complaint';
import { forms } from './forms';
import { relations } from './relations';
import type { Rule, Section, Shape, Surface, TextType } from './rule';
import { table } from './table';

/** Where in a payload one is, and on which surface. */
export interface Place {
  readonly pointer: string;
  readonly surface: Surface;
}

/**
 * The complaints about one object, in Slack's words where reports show them: "must be less than", "must be more than",
 * "no more than … items allowed", "must provide an object/a string", "must be a valid enum value", "missing required
 * field", "invalid additional property", "unsupported type" (issues slackreprex#3, spacecat-api-service#176,
 * java-slack-sdk#302, slackblocks#36). Slack adds "failed to match all allowed schemas" where it has several to try.
 */
export function checkShape(value: Fields, shape: Shape, place: Place): Complaint[] {
  const { pointer } = place;
  const complaints: Complaint[] = [];
  for (const need of shape.required ?? []) {
    const names = typeof need === 'string' ? [need] : need;
    if (!names.some((name) => name in value))
      complaints.push(complaint(`missing required field: ${names.join(' or ')}`, pointer));
  }
  for (const names of shape.exclusive ?? []) {
    if (names.every((name) => name in value))
      complaints.push(complaint(`only one of these may be given: ${names.join(', ')}`, pointer));
  }
  for (const [name, content] of Object.entries(value)) {
    const rule = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (rule) complaints.push(...checkValue(content, rule, at(place, name)));
    else complaints.push(complaint(`invalid additional property: ${name}`, pointer));
    if (shape.hidden?.includes(name)) complaints.push(notShown(name, `${pointer}/${name}`));
  }
  for (const name of shape.relations ?? []) complaints.push(...relations[name](value, pointer));
  return complaints;
}

/** The complaints about an object that names its `type`, of which this place takes only some; `all` takes every type. */
export function checkTyped(
  value: unknown,
  { section, of }: { section: Section; of: readonly string[] | 'all' },
  place: Place,
): Complaint[] {
  const { pointer, surface } = place;
  if (!isFields(value)) return [complaint('must provide an object', pointer)];
  const { type: given, ...rest } = value;
  const type = typeNamed(given);
  if (type === undefined) return [complaint('missing required field: type', pointer)];
  const kind = Object.hasOwn(table[section], type) ? table[section][type] : undefined;
  const isTaken = kind?.surfaces.includes(surface) && (of === 'all' || of.includes(type));
  if (!kind || !isTaken) return [complaint(`unsupported type: ${type}`, `${pointer}/type`)];
  const complaints = checkShape(rest, kind, place);
  return kind.isShown ? complaints : [...complaints, notShown(type, `${pointer}/type`)];
}

function checkValue(value: unknown, rule: Rule, place: Place): Complaint[] {
  const { pointer } = place;
  switch (rule.kind) {
    case 'open':
      return [];
    case 'flag':
      return typeof value === 'boolean' ? [] : [complaint('must provide a boolean', pointer)];
    case 'choice':
      return rule.of.some((one) => one === value) ? [] : [complaint('must be a valid enum value', pointer)];
    case 'number':
      return checkNumber(value, rule, pointer);
    case 'string':
      return checkString(value, rule, pointer);
    case 'text':
      return checkText(value, rule, place);
    case 'list':
      return checkList(value, rule, place);
    case 'object':
      return isFields(value)
        ? checkShape(value, objectNamed(rule.of), place)
        : [complaint('must provide an object', pointer)];
    case 'typed':
      return checkTyped(value, { section: rule.in, of: rule.of }, place);
  }
}

function checkNumber(value: unknown, rule: Rule & { kind: 'number' }, pointer: string): Complaint[] {
  const { min, max, isWhole } = rule;
  if (typeof value !== 'number' || !Number.isFinite(value))
    return [complaint('must provide a number', pointer)];
  if (isWhole && !Number.isInteger(value)) return [complaint('must be a whole number', pointer)];
  if (value < min) return [complaint(`must be at least ${min}`, pointer)];
  return value > max ? [complaint(`must be at most ${max}`, pointer)] : [];
}

function checkString(value: unknown, rule: Rule & { kind: 'string' }, pointer: string): Complaint[] {
  const { min, max, form } = rule;
  if (typeof value !== 'string') return [complaint('must provide a string', pointer)];
  if (value.length < min) return [complaint(`must be more than ${min - 1} characters`, pointer)];
  if (value.length > max) return [complaint(`must be less than ${max + 1} characters`, pointer)];
  return form && !forms[form].matches(value) ? [complaint(`must be ${forms[form].name}`, pointer)] : [];
}

const textExtras: Readonly<Record<TextType, string>> = { plain_text: 'emoji', mrkdwn: 'verbatim' };

function checkText(value: unknown, rule: Rule & { kind: 'text' }, place: Place): Complaint[] {
  if (!isFields(value)) return [complaint('must provide an object', place.pointer)];
  const { type: given, ...rest } = value;
  const name = typeNamed(given);
  if (name === undefined) return [complaint('missing required field: type', place.pointer)];
  const type = rule.types.find((allowed) => allowed === name);
  if (!type) return [complaint(`unsupported type: ${name}`, `${place.pointer}/type`)];
  const text: Rule = { kind: 'string', min: 1, max: rule.max };
  const shape: Shape = { fields: { text, [textExtras[type]]: { kind: 'flag' } }, required: ['text'] };
  return checkShape(rest, shape, place);
}

function checkList(value: unknown, rule: Rule & { kind: 'list' }, place: Place): Complaint[] {
  const { min, max, item, mayHoldNull } = rule;
  if (!Array.isArray(value)) return [complaint('must provide an array', place.pointer)];
  if (value.length < min) return [complaint(`no fewer than ${min} items allowed`, place.pointer)];
  if (value.length > max) return [complaint(`no more than ${max} items allowed`, place.pointer)];
  return value.flatMap((one, index) =>
    mayHoldNull && one === null ? [] : checkValue(one, item, at(place, String(index))),
  );
}

/** A type as given, whatever it is made of; undefined if there is none. */
function typeNamed(given: unknown): string | undefined {
  return typeof given === 'string' || given === undefined ? given : JSON.stringify(given);
}

function objectNamed(name: string): Shape {
  const shape = table.objects[name];
  if (!shape) throw new Error(`The table has no object ${name}.`);
  return shape;
}

function at({ pointer, surface }: Place, step: string): Place {
  return { pointer: `${pointer}/${step}`, surface };
}
