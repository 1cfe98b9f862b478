/** What every ask for a change may say. */
export interface Saying {
  /** 1–200 characters of inert text, to be escaped where it is shown. */
  readonly reason: string | null;
  readonly ticket: string | null;
  /** Show the plan only: no approval, no change. */
  readonly planOnly: boolean;
}
