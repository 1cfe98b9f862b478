import type { KnownBlock } from '@slack/types';

/** A part of Home: a title, and what stands below it; blocks of one entry stay together. */
export interface Section {
  readonly title: readonly KnownBlock[];
  readonly entries: readonly (readonly KnownBlock[])[];
}

/** A view takes 100 blocks; some are for what stands on every page. */
const MOST_BLOCKS = 80;
/** A page that people read to its end, in characters of JSON. */
const LONGEST = 40_000;

/** The sections as pages that a view takes. A section that goes on has its title again. */
export function pagesOf(sections: readonly Section[]): readonly (readonly KnownBlock[])[] {
  const pages: KnownBlock[][] = [[]];
  let length = 0;
  for (const { title, entries } of sections) {
    let isTitled = false;
    for (const entry of entries) {
      const own = JSON.stringify(entry).length;
      const page = pages.at(-1) ?? [];
      const isFull = page.length + entry.length + title.length > MOST_BLOCKS || length + own > LONGEST;
      if (isFull && page.length > 0) {
        pages.push([]);
        length = 0;
        isTitled = false;
      }
      pages.at(-1)?.push(...(isTitled ? [] : title), ...entry);
      length += own;
      isTitled = true;
    }
  }
  return pages;
}
