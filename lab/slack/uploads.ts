import { randomBytes } from 'node:crypto';
import type { Fields } from './fields';

/** A file on its way: announced, then sent to its upload address, then completed, once. */
export interface Upload {
  id: string;
  name: string;
  /** The announced length in bytes. */
  length: number;
  /** Absent until it has arrived. */
  content?: Buffer;
  isComplete: boolean;
}

/** The files that were announced by `files.getUploadURLExternal`. */
export class Uploads {
  readonly #byPath = new Map<string, Upload>();

  /** The path to send the file to, good for one file. */
  announce(name: string, length: number): { path: string; upload: Upload } {
    const upload = {
      id: `F${randomBytes(5).toString('hex').toUpperCase()}`,
      name,
      length,
      isComplete: false,
    };
    const path = `/upload/v1/${randomBytes(18).toString('base64url')}`;
    this.#byPath.set(path, upload);
    return { path, upload };
  }

  byPath(path: string): Upload | undefined {
    return this.#byPath.get(path);
  }

  /** A file that has arrived and was not completed yet. */
  arrived(id: string): Upload | undefined {
    const upload = this.byId(id);
    return upload?.content && !upload.isComplete ? upload : undefined;
  }

  byId(id: string): Upload | undefined {
    return [...this.#byPath.values()].find((upload) => upload.id === id);
  }

  forget(): void {
    this.#byPath.clear();
  }
}

/** A file object as far as the stand-in knows it. */
export function fileObject(upload: Upload, given: { title: string; user: string }): Fields {
  const extension = /\.(\w+)$/.exec(upload.name)?.[1] ?? '';
  return {
    id: upload.id,
    name: upload.name,
    title: given.title || upload.name,
    filetype: extension,
    size: upload.length,
    user: given.user,
    mode: 'hosted',
    is_external: false,
  };
}
