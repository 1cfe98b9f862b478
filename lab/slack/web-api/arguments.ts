import { ApiError } from '../api-error';
import type { Fields } from '../fields';
import { isFields } from '../fields';
import { parseJson } from '../http';

/** The arguments of one call, whether they came as a form (all strings) or as JSON. */
export class Arguments {
  readonly #given: Fields;

  constructor(given: Fields) {
    this.#given = given;
  }

  has(name: string): boolean {
    return this.#given[name] !== undefined;
  }

  /** A string; numbers become strings, absent is undefined. */
  text(name: string): string | undefined {
    const value = this.#given[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** A string that must be there and not be empty, else `error` is refused. */
  need(name: string, error = 'invalid_arguments'): string {
    const value = this.text(name);
    if (!value) throw new ApiError(error, [`[ERROR] missing required field: ${name}`]);
    return value;
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(String(this.#given[name]));
  }

  /** A JSON object, given as such or as its text; throws `error` for anything else. */
  object(name: string, error: string): Fields | undefined {
    const value = this.#structured(name);
    if (value === undefined) return undefined;
    if (!isFields(value)) throw new ApiError(error);
    return value;
  }

  /** A JSON list of objects; throws `error` for anything else. */
  objects(name: string, error: string): Fields[] | undefined {
    const value = this.#structured(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every((item) => isFields(item))) throw new ApiError(error);
    return value;
  }

  #structured(name: string): unknown {
    const value = this.#given[name];
    if (typeof value !== 'string') return value;
    return value === '' ? undefined : (parseJson(value) ?? null);
  }
}
