import { z } from 'zod';
import { dnParts } from '../delegation/distinguished-name';

/** A distinguished name (RFC 4514). */
export const Dn = z
  .string()
  .refine((text) => dnParts(text) !== null, 'a distinguished name such as CN=…,DC=…');
