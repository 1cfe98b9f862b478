import type { Fields } from './fields';

/**
 * A refusal in Slack's words: `code` is the `error` of the answer, `details` go into `response_metadata.messages`
 * (block rules put their JSON pointers there), `more` beside `error`.
 */
export class ApiError extends Error {
  readonly code: string;
  readonly details: string[];
  readonly more: Fields;

  constructor(code: string, details: string[] = [], more: Fields = {}) {
    super([code, ...details].join(': '));
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
    this.more = more;
  }
}
