import type { Problem } from '../../../core/problem';

/** A host that does not answer holds the request up; its time ends it. */
export function noAnswer(host: string, why: string): Problem {
  return {
    code: 'host.silent',
    summary: `${host} does not answer: ${why}`,
    remedy: `Check that ${host} is up and that WinRM answers there; it goes on by itself.`,
  };
}
