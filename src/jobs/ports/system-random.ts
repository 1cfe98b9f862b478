import { randomBytes } from 'node:crypto';
import type { Random } from '../../core/ports';

/** The operating system's random numbers. */
export const systemRandom: Random = { hex: (bytes) => randomBytes(bytes).toString('hex') };
