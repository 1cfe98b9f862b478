/** Folders under test/, and single tests, that take too long to be waited for again and again. */
const SLOW = [
  ['scenarios', 'browser', 'labs', 'lab/directory', 'controllers', 'hostile', 'long'],
  [
    'contract/directory',
    'contract/queue',
    'jobs/queue/bullmq-queue',
    'lab/hyperv/tickets',
    'jobs/hyperv/hostile',
    'contract/hyperv',
  ],
  ['jobs/audit/tampering', 'jobs/roles/another-administrator', 'jobs/roles/attacks/temporary'],
  ['bot/cards/slack-takes', 'bot/cards/changes/large-plans', 'bot/cards/changes/product'],
  ['bot/plan-pages/file', 'bot/plan-pages/posting', 'bot/webhook/webhook', 'bot/users-and-events'],
  ['bot/reports/paced-delivery', 'bot/reports/deliver', 'bot/reports/elsewhere', 'bot/home/home'],
  ['bot/forms/delegation-form', 'jobs/hyperv/pool', 'jobs/directory/deadline', 'lab/slack/fault'],
  ['bot/lint/random-messages', 'bot/commands/commands', 'jobs/hyperv/shell', 'contract/ledger'],
  ['jobs/roles/hyperv/moves/faults', 'jobs/roles/hyperv/moves/notice', 'jobs/roles/hyperv/moves/waived'],
  [
    'bench/drain',
    'jobs/roles/hyperv/moves/crossing',
    'jobs/roles/hyperv/moves/rebalance',
    'jobs/roles/hyperv/moves/scheduled',
    'jobs/roles/hyperv/moves/rolling',
    'jobs/roles/hyperv/moves/rolling-attacks',
    'jobs/roles/hyperv/moves/choices',
    'core/fabric/plan-properties',
  ],
  ['core/delegation/again', 'core/delegation/undo-properties', 'core/request/advance-properties'],
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
