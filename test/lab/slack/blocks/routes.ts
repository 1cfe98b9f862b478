import type { Fields } from '../../../../lab/slack/fields';
import type { Kind, Rule, Shape, Surface } from '../../../../lab/slack/blocks/rule';
import { everywhere } from '../../../../lab/slack/blocks/rule';
import { table } from '../../../../lab/slack/blocks/table';
import { holding, repeated, shapeOf } from './sample';

/** A way to put one entry of the table into blocks that Slack takes. */
export interface Route {
  readonly section: string;
  readonly name: string;
  readonly surface: Surface;
  /** The pointer to the entry in what `wrap` makes. */
  readonly pointer: string;
  /** The block around the entry. */
  readonly wrap: (entry: Fields) => Fields;
}

/** Every entry of the table that can stand in blocks, with the shortest way to it. */
export function routes(): Route[] {
  const found = new Map<string, Route>();
  for (const surface of everywhere) {
    const open = Object.keys(table.blocks).flatMap((name) =>
      isTaken('blocks', name, surface) ? [atTop(name, surface)] : [],
    );
    for (const route of open) {
      const key = `${route.section}:${route.name}`;
      if (found.get(key)?.surface === surface) continue;
      if (!found.has(key)) found.set(key, route);
      open.push(...steps(route).filter((next) => found.get(`${next.section}:${next.name}`) === undefined));
    }
  }
  return [...found.values()];
}

/** Every entry of the table that is no view, as `section:name`. */
export function entries(): string[] {
  const { views: _views, ...sections } = table;
  return Object.entries(sections).flatMap(([section, shapes]) =>
    Object.keys(shapes).map((name) => `${section}:${name}`),
  );
}

/** True if this type stands on the surface; objects stand everywhere. */
export function isTaken(section: string, name: string, surface: Surface): boolean {
  const shape: Shape & Partial<Kind> = shapeOf(section, name);
  return shape.surfaces?.includes(surface) ?? true;
}

function atTop(name: string, surface: Surface): Route {
  return {
    section: 'blocks',
    name,
    surface,
    pointer: '/blocks/0',
    wrap: (entry) => ({ type: name, ...entry }),
  };
}

function steps(from: Route): Route[] {
  const shape = shapeOf(from.section, from.name);
  return Object.entries(shape.fields).flatMap(([field, rule]) =>
    targets(rule)
      .filter(({ section, name }) => isTaken(section, name, from.surface))
      .map(({ section, name, depth }) => ({
        section,
        name,
        surface: from.surface,
        pointer: `${from.pointer}/${field}${'/0'.repeat(depth)}`,
        wrap: (entry) => {
          const typed = section === 'objects' ? entry : { type: name, ...entry };
          return from.wrap(holding(shape, field, within(rule, typed)));
        },
      })),
  );
}

function targets(rule: Rule): { section: string; name: string; depth: number }[] {
  if (rule.kind === 'list') return targets(rule.item).map((one) => ({ ...one, depth: one.depth + 1 }));
  if (rule.kind === 'object') return [{ section: 'objects', name: rule.of, depth: 0 }];
  return rule.kind === 'typed' ? rule.of.map((name) => ({ section: rule.in, name, depth: 0 })) : [];
}

/** The value in as many lists as the rule has, each as long as it has to be. */
function within(rule: Rule, value: unknown): unknown {
  return rule.kind === 'list' ? repeated(Math.max(1, rule.min), within(rule.item, value)) : value;
}
