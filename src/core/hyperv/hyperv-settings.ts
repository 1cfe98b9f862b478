import { z } from 'zod';
import { SHORT_NAME } from './short-name';

/** The short name of a host, in lower case. */
export const HostName = z
  .string()
  .toLowerCase()
  .regex(SHORT_NAME, 'the short name of a host such as hyper-v01');

/** What the worker with the role hyperv works with, on Windows, under an account that may use Hyper-V at the hosts. */
export const HyperVSettings = z.strictObject({
  /** The hosts that are read and moved between, by their short names. */
  hosts: z.array(HostName).min(1).max(256),
  /** What is started: Windows PowerShell, or `pwsh.exe`. */
  executable: z.string().default('powershell.exe'),
  /** Shells at a time, beside one for each move. */
  shells: z.int().min(1).max(16).default(2),
  /** How often the load of the hosts is noted, in seconds. */
  sampleSeconds: z.int().positive().default(60),
});
export type HyperVSettings = z.infer<typeof HyperVSettings>;
