/** A set-up that cannot go on, told to the person in front of it. `exitCode` 2: something of the machine is missing. */
export class SetupProblem extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'SetupProblem';
    this.exitCode = exitCode;
  }
}

/**
 * Runs an entry point; a problem is printed without a stack and becomes the exit code.
 * @param {() => Promise<number>} work gives the exit code
 */
export async function enter(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(`\nhandover set-up: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}
