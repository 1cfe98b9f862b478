import type { Verdict } from '../delegation/plan';

/** Why nothing comes of an ask. */
export function refuse(check: string, sentence: string, remedy: string): Verdict {
  return { check, verdict: 'refuse', sentence, remedy };
}

/** What whoever approves is told; it keeps nobody. */
export function warn(check: string, sentence: string, remedy: string): Verdict {
  return { check, verdict: 'warn', sentence, remedy };
}

/** A host that is not among those of the worker's own settings. */
export function unknownHost(host: string): Verdict {
  return refuse(
    'host.known',
    `The Windows worker is not set up for ${host}.`,
    'Name a host of hyperv.hosts in handover.yaml, or have it added there.',
  );
}

/** A host that does not answer, and why. */
export function silentHost(host: string, why: string): Verdict {
  return refuse(
    'host.answers',
    `${host} does not answer: ${why}`,
    `Check that ${host} is up and that WinRM answers there, then ask again.`,
  );
}
