import { z } from 'zod';

/** The short name of a host: as NetBIOS limits that of a computer, in lower case. */
export const SHORT_NAME = /^[a-z0-9-]{1,15}$/;

/** A host by its short name, as records and signed words have it. */
export const ShortName = z.string().regex(SHORT_NAME);
