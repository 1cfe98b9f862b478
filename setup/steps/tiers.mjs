/** Folders under test/ that a tier leaves out. */
const LEFT_OUT = {
  quick: ['scenarios', 'long'],
  normal: ['long'],
  long: [],
};

/**
 * Jest's arguments for what was typed after `npm test --`: `--quick` and `--long` choose the tier, the rest is passed on.
 * @param {readonly string[]} typed
 */
export function jestArguments(typed) {
  const tier = typed.includes('--quick') ? 'quick' : typed.includes('--long') ? 'long' : 'normal';
  const rest = typed.filter((argument) => argument !== '--quick' && argument !== '--long');
  return [...LEFT_OUT[tier].map((folder) => `--testPathIgnorePatterns=<rootDir>/test/${folder}/`), ...rest];
}

/**
 * Whether jest is to stay and listen to the keyboard.
 * @param {readonly string[]} typed
 */
export function isWatching(typed) {
  return typed.some((argument) => /^--watch(All)?$/.test(argument));
}
