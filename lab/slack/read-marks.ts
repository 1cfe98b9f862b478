/** A timestamp before every message. */
const neverRead = '0000000000.000000';

/** How far each person has read in each channel; all tabs of one person share it. */
export class ReadMarks {
  readonly #marks = new Map<string, string>();

  /** The person has seen everything up to this message; an earlier one makes the later ones unread again. */
  set(user: string, channel: string, ts: string): void {
    this.#marks.set(`${user} ${channel}`, ts);
  }

  lastRead(user: string, channel: string): string {
    return this.#marks.get(`${user} ${channel}`) ?? neverRead;
  }

  forget(): void {
    this.#marks.clear();
  }
}
