/** One reason to refuse blocks or a view. */
export interface Complaint {
  readonly what: string;
  /** The JSON pointer to what is wrong. */
  readonly pointer: string;
  /** True if Slack would take it and only the stand-in cannot show it. */
  readonly isOwn: boolean;
}

/** What Slack refuses. */
export const complaint = (what: string, pointer: string): Complaint => ({ what, pointer, isOwn: false });

/** What only the stand-in refuses. */
export const notShown = (what: string, pointer: string): Complaint => ({
  what: `the stand-in does not show ${what}`,
  pointer,
  isOwn: true,
});
