import type { Surface } from './rule';

/** How many blocks a surface holds. */
export const blockCounts: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

/** How many blocks of one type a message holds, by the pages of table and data_visualization blocks. */
export const typeCounts: Readonly<Record<string, number>> = { table: 1, data_visualization: 2 };

/** How many characters all blocks of one type may have together, by their pages. */
export const typeLengths: Readonly<Record<string, number>> = {
  markdown: 12_000,
  table: 10_000,
  data_table: 20_000,
};

/**
 * The sum of all texts in a message's blocks. Slack documents no figure; messages of 11,341 characters in mixed
 * blocks were refused (slackapi/bolt-js issue 2867), so what stays under this is safe.
 */
export const mixedLength = 11_000;

/** The same sum with markdown blocks in it: about 13,172 characters were refused (slackapi/bolt-js issue 2509). */
export const wholeLength = 13_000;
