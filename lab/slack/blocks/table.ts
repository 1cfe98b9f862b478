import { blocks } from './blocks';
import { elements } from './elements';
import { objects } from './objects';
import { parts } from './parts';
import { richTexts } from './rich-text';
import type { Section } from './rule';
import { views } from './views';

/** What Slack accepts in messages and views, as data. `check-shape.ts` walks it; the tests make a pair of every limit. */
export const table = { blocks, elements, richText: richTexts, parts, objects, views };

/** The types that the stand-in's page can show, by section of the table. */
export const shownTypes: Readonly<Record<Section, readonly string[]>> = {
  blocks: typesShown('blocks'),
  elements: typesShown('elements'),
  richText: typesShown('richText'),
  parts: typesShown('parts'),
};

function typesShown(section: Section): string[] {
  return Object.entries(table[section]).flatMap(([type, kind]) => (kind.isShown ? [type] : []));
}
