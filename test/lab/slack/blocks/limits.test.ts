import { checkView, slackComplaints } from '../../../../lab/slack/block-check';
import type { Fields } from '../../../../lab/slack/fields';
import type { Rule, Shape } from '../../../../lab/slack/blocks/rule';
import { table } from '../../../../lab/slack/blocks/table';
import type { Case } from './cases';
import { casesOf } from './cases';
import type { Route } from './routes';
import { entries, routes } from './routes';
import { filled, holding, sample, shapeOf } from './sample';

/** One entry of the table with its surroundings: what is said about it there. */
interface Subject {
  readonly shape: Shape;
  readonly surface: Route['surface'];
  readonly pointer: string;
  readonly complaints: (entry: Fields) => string[];
}

/** The header of a data table takes no rich text, which `relations.test.ts` shows. */
const shownElsewhere = new Set(['/blocks/0/rows/0/0 rich_text']);

/** What came out otherwise than the case says; empty if the limit is kept on both sides. */
function surprises(subject: Subject, field: string, { value, complaint, at = '' }: Case): string[] {
  const said = subject.complaints(holding(subject.shape, field, value));
  const wanted = complaint && `${complaint} [json-pointer:${subject.pointer}/${field}${at}]`;
  const isRight = wanted ? said.includes(wanted) : said.length === 0;
  return isRight ? [] : [`${field}: wanted ${wanted ?? 'no complaint'}, not ${said.join('; ') || 'none'}`];
}

function fieldSurprises(subject: Subject): string[] {
  return Object.entries(subject.shape.fields).flatMap(([field, rule]) =>
    casesOf(rule, subject.surface)
      .filter(({ value, complaint, at = '' }) => complaint || !isShownElsewhere(subject, field + at, value))
      .flatMap((one) => surprises(subject, field, one)),
  );
}

function isShownElsewhere({ pointer, shape }: Subject, at: string, value: unknown): boolean {
  const isDataTable = shape === table.blocks['data_table'];
  const key = `${pointer}/${at} ${JSON.stringify(value).includes('rich_text') ? 'rich_text' : ''}`;
  return isDataTable && shownElsewhere.has(key);
}

/** What is required, what excludes one another, and that nothing else may be there. */
function shapeSurprises({ shape, pointer, complaints }: Subject): string[] {
  const whole = filled(shape);
  const refused = (entry: Fields, what: string): string[] =>
    complaints(entry).includes(`${what} [json-pointer:${pointer}]`) ? [] : [`not refused: ${what}`];
  return [
    ...complaints(whole).map((one) => `refused as it should be: ${one}`),
    ...refused({ ...whole, colour: 'red' }, 'invalid additional property: colour'),
    ...(shape.required ?? []).flatMap((need) => {
      const names = [need].flat();
      const rest = Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
      return refused(rest, `missing required field: ${names.join(' or ')}`);
    }),
    ...(shape.exclusive ?? []).flatMap((names) => {
      const both = Object.fromEntries(names.map((name) => [name, sample(ruleNamed(shape, name))]));
      return refused({ ...whole, ...both }, `only one of these may be given: ${names.join(', ')}`);
    }),
  ];
}

function ruleNamed(shape: Shape, name: string): Rule {
  return shape.fields[name] ?? { kind: 'open' };
}

function inBlocks(route: Route): Subject {
  return {
    shape: shapeOf(route.section, route.name),
    surface: route.surface,
    pointer: route.pointer,
    complaints: (entry) => slackComplaints([route.wrap(entry)], route.surface),
  };
}

function asView(surface: 'modal' | 'home'): Subject {
  const complaints = (entry: Fields): string[] => checkView(entry, surface);
  return { shape: table.views[surface], surface, pointer: '/view', complaints };
}

describe('every limit of the table', () => {
  const all = routes().map((route) => [`${route.section}:${route.name}`, route] as const);

  it('can be reached in blocks, but for what only Slack makes', () => {
    const reached = new Set<string>(all.map(([name]) => name));
    expect(entries().filter((name) => !reached.has(name))).toEqual(['blocks:file']);
  });

  it('has a pair of payloads, one taken and one refused', () => {
    const shapes = [
      ...all.map(([, { section, name }]) => shapeOf(section, name)),
      ...Object.values(table.views),
    ];
    const bare = shapes
      .flatMap((shape) => Object.entries(shape.fields))
      .filter(([, rule]) => rule.kind !== 'open')
      .filter(([, rule]) => {
        const cases = casesOf(rule, 'message').concat(casesOf(rule, 'modal'));
        return !cases.some((one) => one.complaint) || cases.every((one) => one.complaint);
      });
    expect(bare).toEqual([]);
  });

  it.each(all)('is kept by %s', (_name, route) => {
    const subject = inBlocks(route);
    expect([...shapeSurprises(subject), ...fieldSurprises(subject)]).toEqual([]);
  });

  it.each(['modal', 'home'] as const)('is kept by the view of a %s', (surface) => {
    const subject = asView(surface);
    expect([...shapeSurprises(subject), ...fieldSurprises(subject)]).toEqual([]);
  });
});
