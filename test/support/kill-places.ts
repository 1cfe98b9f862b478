import type { ProgramName } from '../../lab/programs';

/** The arrows of record → plan → hold → decide → promote → fire → effect → outcome → report at which each program can die. */
export const KILL_PLACES: Readonly<Record<ProgramName, readonly string[]>> = {
  bot: [
    'after ledger.recordIntake',
    'before ledger.setDelivered',
    'after ledger.setDelivered',
    'after ledger.commit:decision',
    'after queue.release',
    'before ledger.markReported',
  ],
  // It carries nothing out.
  hyperv: [],
  conduct: ['before queue.put', 'before ledger.commit:done', 'after ledger.commit:done'],
  directory: [
    'after directory.observe',
    'before ledger.commit:plan',
    'after ledger.commit:plan',
    // Lost: conduct makes the next try, and holds that.
    'before queue.hold',
    'after queue.hold',
    'before queue.put',
    'after ledger.commit:run',
    'after ledger.commit:intent',
    'after directory.modify',
    'after ledger.commit:outcome',
    'after ledger.commit:proof',
  ],
};
