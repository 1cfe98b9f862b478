import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package.json, found from here upwards: the same whether this file runs as written or as built. */
export const repositoryRoot = findRoot();

function findRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error(`There is no package.json above ${__dirname}`);
    folder = dirname(folder);
  }
  return folder;
}
