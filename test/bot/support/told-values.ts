import type { DirectoryChange } from '../../../src/core/delegation/plan';
import { sortValues } from '../../../src/core/delegation/values';

const MIGRATION = 'Microsoft Virtual System Migration Service';
const SIGNS = { '+': 'add', '−': 'remove', '≡': 'keep' } as const;

/** What a reader can tell of one object. */
export interface Told {
  by: 'worker' | 'hand';
  add: string[];
  remove: string[];
  keep: string[];
  /** userAccountControl before and after, in hexadecimal. */
  trust: string | null;
}

/** Values of a line, by what `SHORT_FORM` says and nothing else; `others` is what “every other of them” may be. */
export function valuesInLine(text: string, others: readonly string[] = []): readonly string[] {
  if (text.startsWith('"')) return [JSON.parse(text) as string];
  const [, services, hosts = '', domain = ''] =
    /^(cifs|migration|cifs and migration) of ([^/]+) in ([^/ ]+)$/.exec(text) ?? [];
  if (services === undefined) return [text];
  const names = hosts === 'every other of them' ? others : namesIn(hosts);
  return services
    .split(' and ')
    .map((service) => (service === 'cifs' ? 'cifs' : MIGRATION))
    .flatMap((prefix) => names.flatMap((name) => [`${prefix}/${name}`, `${prefix}/${name}.${domain}`]));
}

/** `hv[01-03], a` as hv01, hv02, hv03 and a. */
export function namesIn(text: string): readonly string[] {
  return text.split(', ').flatMap((piece) => {
    const [, before = '', first, last, after = ''] = /^(.*)\[(\d+)-(\d+)\](.*)$/.exec(piece) ?? [];
    if (first === undefined || last === undefined) return [piece];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => {
      const number = String(Number(first) + index).padStart(first.length, '0');
      return `${before}${number}${after}`;
    });
  });
}

/** Reads the lines below the head of the short or the product form as a person would, object by object. */
export function toldIn(lines: readonly string[]): ReadonlyMap<string, Told> {
  const reader = new Reader();
  for (const line of lines) reader.read(line);
  return reader.told;
}

class Reader {
  readonly told = new Map<string, Told>();
  #by: Told['by'] = 'worker';
  #about: string[] = [];
  #isShared = false;
  #isNaming = false;
  #last: 'add' | 'remove' | 'keep' = 'add';

  read(line: string): void {
    if (line === 'By a person:') this.#by = 'hand';
    else if (line.startsWith('=  ')) this.#isNaming = false;
    else if (!this.#readTrust(line) && !this.#readValues(line) && !this.#readException(line)) {
      this.#readName(line);
    }
  }

  #of(name: string): Told {
    const known = this.told.get(name) ?? { by: this.#by, add: [], remove: [], keep: [], trust: null };
    this.told.set(name, known);
    return known;
  }

  #readTrust(line: string): boolean {
    const [, lone, bits] = /^userAccountControl of (\S+) \(.*\): (.*)$/.exec(line) ?? [];
    if (lone !== undefined) this.#of(lone).trust = numbersIn(bits);
    const isForAll = line.startsWith('+ TRUSTED');
    if (isForAll) for (const name of this.#about) this.#of(name).trust = numbersIn(line);
    return lone !== undefined || isForAll;
  }

  #readValues(line: string): boolean {
    const sign = line.charAt(0) as keyof typeof SIGNS;
    if (!(sign in SIGNS) || !line.startsWith(`${sign}  `)) return false;
    this.#isNaming = false;
    this.#last = SIGNS[sign];
    for (const name of this.#about) {
      const values = valuesInLine(line.slice(3), this.#about);
      this.#of(name)[this.#last].push(...values.filter((value) => !this.#isShared || !isOwn(value, name)));
    }
    return true;
  }

  #readException(line: string): boolean {
    const [, names, word, rest = ''] = /^([a-z0-9_, [\]-]+): (without|also) (.*)$/.exec(line) ?? [];
    if (names === undefined || !this.#isShared) return false;
    for (const name of namesIn(names)) except(this.#of(name), { of: this.#last, word, rest });
    return true;
  }

  #readName(line: string): void {
    if (/^(?:Each|userAccountControl of each) of these /.test(line)) {
      [this.#about, this.#isShared, this.#isNaming] = [[], true, true];
    } else if (this.#isNaming) {
      const [, odd] = /^([a-z0-9_-]+) is /.exec(line) ?? [];
      const [, list = ''] = /^((?:[a-z0-9_[\]-]+, )*[a-z0-9_[\]-]+)(?: in .*)?$/.exec(line) ?? [];
      this.#about.push(...(odd === undefined ? namesIn(list) : [odd]));
    } else {
      const [, name = '?'] = /^(.*?) \(/.exec(line) ?? [];
      [this.#about, this.#isShared] = [[name], false];
    }
  }
}

function except(
  told: Told,
  { of, word, rest }: { of: 'add' | 'remove' | 'keep'; word: string | undefined; rest: string },
): void {
  const isNames = word === 'without' && !rest.includes('/') && !/ of .* in /.test(rest);
  if (word === 'also') told[of].push(...valuesInLine(rest));
  else if (isNames) {
    const names = namesIn(rest);
    told[of] = told[of].filter((value) => !names.some((name) => isOwn(value, name)));
  } else {
    const gone = valuesInLine(rest);
    told[of] = told[of].filter((value) => !gone.includes(value));
  }
}

/** Whether a value of the short form is of this host. */
function isOwn(value: string, name: string): boolean {
  const host = value.slice(value.indexOf('/') + 1).toLowerCase();
  const wanted = name.toLowerCase();
  return host === wanted || host.startsWith(`${wanted}.`);
}

function numbersIn(text: string | undefined): string {
  return /0x[0-9a-f]+ → 0x[0-9a-f]+/.exec(text ?? '')?.[0] ?? 'nothing';
}

/** The same of a plan: what a reader ought to be able to tell. */
export function meantBy(changes: readonly DirectoryChange[]): ReadonlyMap<string, Told> {
  const meant = new Map<string, Told>();
  for (const change of changes) {
    const { name, by } = change;
    const known = meant.get(name) ?? { by, add: [], remove: [], keep: [], trust: null };
    meant.set(
      name,
      change.attribute === 'userAccountControl'
        ? { ...known, trust: `0x${change.before.toString(16)} → 0x${change.after.toString(16)}` }
        : { ...known, add: [...change.add], remove: [...change.remove], keep: [...change.keep] },
    );
  }
  return meant;
}

/** The same with every list sorted, to be compared. */
export function ordered(told: ReadonlyMap<string, Told>): Record<string, Told> {
  const entries = [...told].map(([name, { by, add, remove, keep, trust }]): [string, Told] => [
    name,
    { by, add: sorted(add), remove: sorted(remove), keep: sorted(keep), trust },
  ]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sorted(values: readonly string[]): string[] {
  return [...sortValues(values)];
}
