/** Folders under test/ that a tier leaves out. */
const LEFT_OUT = {
  quick: ['scenarios', 'browser', 'labs', 'lab/directory', 'controllers', 'hostile', 'long'],
  normal: ['long'],
  long: [],
};

/**
 * Jest's arguments for what was typed after `npm test --`: `--quick` and `--long` choose the tier, the rest is passed on. It comes
 * first: jest would take a path after a list of patterns for one more pattern.
 * @param {readonly string[]} typed
 */
export function jestArguments(typed) {
  const rest = typed.filter((argument) => argument !== '--quick' && argument !== '--long');
  return [...rest, ...leftOut(typed).map((folder) => `--testPathIgnorePatterns=<rootDir>/test/${folder}/`)];
}

/**
 * Jest's arguments that keep these files from being run.
 * @param {readonly string[]} files paths from the root
 */
export function without(files) {
  return files.map((file) => `--testPathIgnorePatterns=<rootDir>/${file.replaceAll('.', '\\.')}$`);
}

/**
 * Whether the tier that was typed has this test file.
 * @param {string} file path from the root
 * @param {readonly string[]} typed
 */
export function isInTier(file, typed) {
  return !leftOut(typed).some((folder) => file.startsWith(`test/${folder}/`));
}

/**
 * Whether jest is to stay and listen to the keyboard.
 * @param {readonly string[]} typed
 */
export function isWatching(typed) {
  return typed.some((argument) => /^--watch(All)?$/.test(argument));
}

/** @param {readonly string[]} typed */
function leftOut(typed) {
  const tier = typed.includes('--quick') ? 'quick' : typed.includes('--long') ? 'long' : 'normal';
  return LEFT_OUT[tier];
}
