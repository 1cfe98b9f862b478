import type { Fields } from '../../../../lab/slack/fields';
import { fieldsIn, isFields } from '../../../../lab/slack/fields';
import type { Form, Rule, Shape } from '../../../../lab/slack/blocks/rule';
import { table } from '../../../../lab/slack/blocks/table';

/** A value of each form; longer ones are made by what may be repeated in it. */
export const formSamples: Readonly<Record<Form, string>> = {
  date: '2026-11-23',
  time: '22:25',
  url: 'https://example.com/',
  web: 'https://example.com/',
  https: 'https://example.com/',
  decimal: '5',
  colour: '#F405B3',
};

/** The smallest value that the rule takes. */
export function sample(rule: Rule): unknown {
  switch (rule.kind) {
    case 'text':
      return { type: rule.types[0], text: 'x' };
    case 'string':
      return rule.form ? formSamples[rule.form] : 'x'.repeat(Math.max(1, rule.min));
    case 'choice':
      return rule.of[0];
    case 'number':
      return Number.isFinite(rule.min) ? rule.min : 1;
    case 'flag':
      return true;
    case 'list':
      return repeated(Math.max(1, rule.min), sample(rule.item));
    case 'object':
      return filled(shapeOf('objects', rule.of));
    case 'typed':
      return ofType(rule.in, rule.of[0] ?? '');
    case 'open':
      return [];
  }
}

/** The smallest block, element or piece of this type. */
export function ofType(section: string, type: string): Fields {
  return { type, ...filled(shapeOf(section, type)) };
}

/** Only what the shape requires. */
export function filled(shape: Shape): Fields {
  const names = (shape.required ?? []).flatMap((need) =>
    typeof need === 'string' ? [need] : need.slice(0, 1),
  );
  return Object.fromEntries(names.map((name) => [name, sample(ruleOf(shape, name))]));
}

/** As `filled`, with this field as well, and with what the shape's relations ask for beside it. */
export function holding(shape: Shape, name: string, value: unknown): Fields {
  const excluded = (shape.exclusive ?? []).filter((names) => names.includes(name)).flat();
  const base = Object.fromEntries(Object.entries(filled(shape)).filter(([one]) => !excluded.includes(one)));
  return { ...base, ...beside(shape, name, value), [name]: numbered(shape, name, value) };
}

export function repeated<T>(count: number, item: T): T[] {
  return Array.from({ length: count }, () => item);
}

/** The entry of a section of the table. */
export function shapeOf(section: string, name: string): Shape {
  const sections = new Map<string, Readonly<Record<string, Shape>>>(Object.entries(table));
  const shape = sections.get(section)?.[name];
  if (!shape) throw new Error(`The table has no ${name} in ${section}.`);
  return shape;
}

function ruleOf(shape: Shape, name: string): Rule {
  const rule = shape.fields[name];
  if (!rule) throw new Error(`The table requires ${name}, which is no field.`);
  return rule;
}

/** Initial options need options, and a chart's points need categories. */
function beside(shape: Shape, name: string, value: unknown): Fields {
  if (shape.relations?.includes('initialIsOption') && name.startsWith('initial_'))
    return { options: Array.isArray(value) ? value : [value] };
  if (!shape.relations?.includes('chartFits')) return {};
  if (name === 'series') {
    const labels = fieldsIn(fieldsIn(value)[0]?.['data']).map(({ label }) => label);
    return { axis_config: { categories: labels } };
  }
  const categories = isFields(value) && Array.isArray(value['categories']) ? value['categories'] : [];
  return { series: [{ name: 'x', data: categories.map((label: unknown) => ({ label, value: 1 })) }] };
}

/** Several series need names of their own. */
function numbered(shape: Shape, name: string, value: unknown): unknown {
  const isSeries = shape.relations?.includes('chartFits') && name === 'series' && Array.isArray(value);
  return isSeries && value.length > 1
    ? fieldsIn(value).map((one, index) => ({ ...one, name: String(index) }))
    : value;
}
