import type { Form, Rule, Section, Surface } from '../../../../lab/slack/blocks/rule';
import { table } from '../../../../lab/slack/blocks/table';
import { isTaken } from './routes';
import { formSamples, ofType, repeated, sample } from './sample';

/** Something to put into one field: taken if there is no complaint, else refused with it, `at` below the field. */
export interface Case {
  readonly value: unknown;
  readonly complaint?: string;
  readonly at?: string;
}

/** What is taken at its limit and refused past it, for every limit that the rule states. */
export function casesOf(rule: Rule, surface: Surface): Case[] {
  switch (rule.kind) {
    case 'text':
      return textCases(rule);
    case 'string':
      return stringCases(rule);
    case 'choice':
      return [
        ...rule.of.map((value) => ({ value })),
        { value: 'other', complaint: 'must be a valid enum value' },
      ];
    case 'number':
      return numberCases(rule);
    case 'flag':
      return [{ value: true }, { value: false }, { value: 'yes', complaint: 'must provide a boolean' }];
    case 'list':
      return [...listCases(rule), ...casesOf(rule.item, surface).map((one) => inList(rule, one))];
    case 'object':
      return [{ value: sample(rule) }, { value: 'x', complaint: 'must provide an object' }];
    case 'typed':
      return typedCases(rule, surface);
    case 'open':
      return [];
  }
}

function stringCases({ min, max, form }: Rule & { kind: 'string' }): Case[] {
  const smallest = sample({ kind: 'string', min, max, ...(form && { form }) });
  return [
    { value: smallest },
    { value: 5, complaint: 'must provide a string' },
    ...(min > 0
      ? [{ value: 'x'.repeat(min - 1), complaint: `must be more than ${min - 1} characters` }]
      : []),
    ...(Number.isFinite(max)
      ? [
          { value: ofLength(max, form) },
          { value: ofLength(max + 1, form), complaint: `must be less than ${max + 1} characters` },
        ]
      : []),
    ...(form ? badForms[form].map((value) => ({ value, complaint: `must be ${formNames[form]}` })) : []),
  ];
}

const formNames: Readonly<Record<Form, string>> = {
  date: 'a date like 2026-11-23',
  time: 'a time like 22:25',
  url: 'a URL',
  web: 'a URL with http or https',
  https: 'a URL with https',
  decimal: 'a number',
  colour: 'a colour like #F405B3',
};

const badForms: Readonly<Record<Form, string[]>> = {
  date: ['2026-02-30', '2026/11/23', '23.11.2026'],
  time: ['24:00', '12:60', '12.30'],
  url: ['example.com', 'https://exa mple.com'],
  web: ['ftp://example.com', 'example.com'],
  https: ['http://example.com', 'example.com'],
  decimal: ['five', '1e3', '1,5'],
  colour: ['#F405B', 'red'],
};

/** Dates and times have one length; the others are made longer by their last sign. */
function ofLength(length: number, form?: Form): string {
  const start = form ? formSamples[form] : 'x';
  return start.padEnd(length, start.at(-1) === '5' ? '5' : 'x').slice(0, Math.max(length, start.length));
}

function textCases({ types, max }: Rule & { kind: 'text' }): Case[] {
  const [type] = types;
  const isMarked = types.includes('mrkdwn');
  const text = (length: number): object => ({ type, text: 'x'.repeat(length) });
  return [
    ...types.map((one) => ({ value: { type: one, text: 'x' } })),
    { value: { type: 'plain_text', text: 'x', emoji: false } },
    { value: text(max) },
    { value: text(max + 1), complaint: `must be less than ${max + 1} characters`, at: '/text' },
    { value: text(0), complaint: 'must be more than 0 characters', at: '/text' },
    { value: 'x', complaint: 'must provide an object' },
    { value: { type }, complaint: 'missing required field: text' },
    { value: { text: 'x' }, complaint: 'missing required field: type' },
    {
      value: { type: 'plain_text', text: 'x', verbatim: true },
      complaint: 'invalid additional property: verbatim',
    },
    isMarked
      ? { value: { type: 'markdown', text: 'x' }, complaint: 'unsupported type: markdown', at: '/type' }
      : { value: { type: 'mrkdwn', text: 'x' }, complaint: 'unsupported type: mrkdwn', at: '/type' },
  ];
}

function numberCases({ min, max, isWhole }: Rule & { kind: 'number' }): Case[] {
  return [
    { value: sample({ kind: 'number', min, max, isWhole }) },
    { value: '5', complaint: 'must provide a number' },
    ...(isWhole ? [{ value: 1.5, complaint: 'must be a whole number' }] : [{ value: 1.5 }]),
    ...(Number.isFinite(min) ? [{ value: min - 1, complaint: `must be at least ${min}` }] : []),
    ...(Number.isFinite(max)
      ? [{ value: max }, { value: max + 1, complaint: `must be at most ${max}` }]
      : []),
  ];
}

function listCases({ item, min, max, mayHoldNull }: Rule & { kind: 'list' }): Case[] {
  const items = (count: number): unknown[] => repeated(count, sample(item));
  return [
    { value: 'x', complaint: 'must provide an array' },
    { value: items(min) },
    ...(min > 0 ? [{ value: items(min - 1), complaint: `no fewer than ${min} items allowed` }] : []),
    ...(Number.isFinite(max)
      ? [{ value: items(max) }, { value: items(max + 1), complaint: `no more than ${max} items allowed` }]
      : []),
    ...(mayHoldNull ? [{ value: [null, sample(item)] }] : []),
  ];
}

function inList({ min }: Rule & { kind: 'list' }, { value, at = '', ...rest }: Case): Case {
  return { ...rest, value: repeated(Math.max(1, min), value), at: `/0${at}` };
}

function typedCases(rule: Rule & { kind: 'typed' }, surface: Surface): Case[] {
  const others = Object.keys(table[rule.in]).filter((type) => !rule.of.includes(type));
  return [
    ...rule.of
      .filter((type) => isTaken(rule.in, type, surface))
      .map((type) => ({ value: ofType(rule.in, type) })),
    ...[...others, 'marquee', 'toString'].map((type) => unsupported(rule.in, type)),
    { value: 'x', complaint: 'must provide an object' },
    { value: {}, complaint: 'missing required field: type' },
  ];
}

function unsupported(section: Section, type: string): Case {
  const isKnown = Object.hasOwn(table[section], type);
  const value = isKnown ? ofType(section, type) : { type };
  return { value, complaint: `unsupported type: ${type}`, at: '/type' };
}
