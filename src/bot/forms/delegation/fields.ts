import { FORM_SHORTCUT } from '../../../core/commands/manifest';
import { FORM } from '../open-button';

const DELEGATION = `${FORM}.delegation`;

/** The button, at Home and elsewhere, and the shortcut that open an empty form. */
export const OPEN_DELEGATION = FORM_SHORTCUT;

/** Callback ids of the three steps: what is to be, why, and what will change. */
export const FILL = `${DELEGATION}.fill`;
export const SAY = `${DELEGATION}.say`;
export const PLAN = `${DELEGATION}.plan`;

/** Ids of the inputs, block and action alike. */
export const COMPUTER = `${DELEGATION}.computer`;
/** Computers that are to get the same as the first. */
export const MORE = `${DELEGATION}.more`;
export const TRUST = `${DELEGATION}.trust`;
export const SERVICES = `${DELEGATION}.services`;
export const BACK = `${DELEGATION}.back`;
export const REASON = `${DELEGATION}.reason`;
export const TICKET = `${DELEGATION}.ticket`;
export const DURATION = `${DELEGATION}.for`;

/**
 * What the bot itself fills in is in a new block each time, since Slack keeps what a person has put into a block of the same
 * id, whatever an update says.
 */
export const addedField = (round: number): string => `${DELEGATION}.added.${round}`;
export const typedField = (round: number): string => `${DELEGATION}.typed.${round}`;

/** Begins the ids of the blocks that show what the computer may delegate to now. */
export const HOLDS = `${DELEGATION}.holds`;

/** The block that says why any service is refused. */
export const BLOCKED = `${DELEGATION}.blocked`;

/** Buttons in the form. */
export const CHECK_NAMES = `${DELEGATION}.check`;
export const TRY_AGAIN = `${DELEGATION}.again`;

/** Every menu that fills while one types. */
export const SUGGESTED = new RegExp(`^${DELEGATION.replaceAll('.', '\\.')}\\.(computer|more|added\\.\\d+)$`);
