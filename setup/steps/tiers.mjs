/**
 * Folders under test/, and single tests, that take too long to be waited for again and again: what starts programs, a domain or a browser,
 * what goes through Slack's HTTP, whole requests on the practice fabric, and properties of thousands of runs.
 */
const SLOW = [
  ['scenarios', 'browser', 'labs', 'controllers', 'hostile', 'long', 'setup', 'cli', 'bench'],
  ['lab/directory', 'lab/hyperv/tickets', 'lab/powershell', 'lab/slack'],
  ['contract/directory', 'contract/directory-memory', 'contract/queue', 'contract/ledger'],
  ['contract/ledger-and-queue', 'contract/hyperv', 'contract/hyperv-simulated'],
  ['jobs/roles/hyperv/moves', 'jobs/roles/hyperv/by-hand', 'jobs/roles/attacks'],
  ['jobs/roles/another-administrator', 'jobs/audit/tampering', 'jobs/audit/sealing'],
  ['jobs/hyperv/hostile', 'jobs/hyperv/pool', 'jobs/hyperv/shell', 'jobs/hyperv/call'],
  ['jobs/directory/deadline', 'jobs/directory/hidden-groups', 'jobs/directory/survey'],
  ['jobs/mirror', 'jobs/planning', 'jobs/queue/bullmq-queue'],
  ['bot/actions', 'bot/commands/commands', 'bot/start', 'bot/users-and-events', 'bot/webhook/webhook'],
  ['bot/cards/slack-takes', 'bot/cards/changes/large-plans', 'bot/cards/changes/product'],
  ['bot/plan-pages/file', 'bot/plan-pages/posting', 'bot/home/home', 'bot/forms/delegation-form'],
  ['bot/reports/paced-delivery', 'bot/reports/deliver', 'bot/reports/elsewhere'],
  ['bot/reports/closed-channel', 'bot/lint/random-messages'],
  ['core/canonical', 'core/commands/properties', 'core/fabric/plan-properties'],
  ['core/findings/properties', 'core/request/advance-properties', 'core/delegation/again'],
  ['core/delegation/undo-properties', 'core/delegation/guards/judge-pairs'],
].flat();

/** What under test/ a tier leaves out. */
const LEFT_OUT = {
  quick: SLOW,
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
  return [...rest, ...leftOut(typed).map((place) => `--testPathIgnorePatterns=<rootDir>/test/${place}[/.]`)];
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
  return !leftOut(typed).some((place) => ['/', '.'].some((end) => file.startsWith(`test/${place}${end}`)));
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
