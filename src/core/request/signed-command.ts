import { parseCommand } from '../commands/parse';
import { remembered } from '../remembered';

/** What a signed command says; it is asked before each step of a request and at every look. */
export const readSigned = remembered((command) => parseCommand('/hv', command), 64);
