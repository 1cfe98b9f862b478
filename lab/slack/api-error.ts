/**
 * A refusal in Slack's words: `code` is the `error` of the answer, `details` go into `response_metadata.messages`
 * (block rules put their JSON pointers there).
 */
export class ApiError extends Error {
  readonly code: string;
  readonly details: string[];

  constructor(code: string, details: string[] = []) {
    super([code, ...details].join(': '));
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }
}
