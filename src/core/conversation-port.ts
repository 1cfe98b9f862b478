/** One message of a thread as delivered: `ts` null while the post is under way (look before posting again). */
export interface Delivered {
  readonly channel: string;
  readonly ts: string | null;
  readonly digest: string;
}

/** Where a message belongs, and by what it can be found again. */
export interface Place {
  readonly channel: string;
  /** Timestamp of the card for a reply, null for the card itself. */
  readonly thread: string | null;
  readonly request: string;
  readonly key: string;
  /** When the request was made, milliseconds since 1970: the message is not older. */
  readonly since: number;
}

/** A file of plain text; `name` is unique enough to find it again by. */
export interface TextFile {
  readonly name: string;
  readonly title: string;
  readonly content: string;
}

/** The few things that reports need of a chat. Methods throw when the chat does not answer: then a post may have happened. */
export interface Conversation<Message> {
  /** The new message's timestamp, or 'closed' when the bot cannot write there (any more). */
  post(place: Place, message: Message): Promise<{ readonly ts: string } | 'closed'>;
  /** 'gone': somebody has deleted it, or it can no longer be edited. */
  edit(place: Place, ts: string, message: Message): Promise<'edited' | 'gone'>;
  /** The timestamp of a message that was posted although nobody heard so, or null. */
  find(place: Place): Promise<string | null>;
  /** The channel of the direct messages with a person, or null when that person cannot be written to. */
  open(person: string): Promise<string | null>;
  /** Uploads a file that nobody sees yet; its id, or 'refused' when this bot may share no files. */
  upload(file: TextFile): Promise<{ readonly id: string } | 'refused'>;
  /** Shares an uploaded file with a comment. It may take the chat a moment to show it. */
  share(
    place: Place,
    shared: { readonly id: string; readonly title: string; readonly comment: string },
  ): Promise<'shared' | 'closed' | 'refused'>;
  /** The timestamp of the bot's own message with the file of that name, or null. */
  findFile(place: Place, name: string): Promise<string | null>;
  /** The address of a message, or null when the chat does not say. */
  link(channel: string, ts: string): Promise<string | null>;
}
