import { SHORT_NAME } from '../hyperv/short-name';

/** What a machine's notes ask for. It can only take away what rules allow. */
export interface NotesRule {
  readonly pin: boolean;
  readonly noShutDown: boolean;
  readonly onlyHosts: readonly string[] | null;
  readonly keepApart: readonly string[];
  /** What of it could not be read; then the machine is left where it is, since nobody knows what was meant. */
  readonly unread: readonly string[];
}

/** What notes without a line `handover:` come to. */
export const NO_NOTES: NotesRule = {
  pin: false,
  noShutDown: false,
  onlyHosts: null,
  keepApart: [],
  unread: [],
};

const LINE = /^\s*handover\s*:(?<rest>.*)$/gimu;

/**
 * Reads every line `handover: …` of a machine's notes: `pin`, `no-shutdown`, `only=hyper-v01,hyper-v02` and `apart=sql`, with spaces
 * between them. What other lines say is nobody's business here.
 */
export function readNotes(notes: string): NotesRule {
  // Of thousands of machines most have nothing to say.
  if (!notes.includes(':')) return NO_NOTES;
  const words = [...notes.matchAll(LINE)].flatMap(({ groups }) => {
    const rest = (groups?.['rest'] ?? '').trim();
    return rest === '' ? [''] : rest.toLowerCase().split(/\s+/u);
  });
  if (words.length === 0) return NO_NOTES;
  const known = words.map((word) => ({ word, rule: ruleOf(word) }));
  const only = known.flatMap(({ rule }) => (rule && 'only' in rule ? [rule.only] : []));
  return {
    pin: known.some(({ rule }) => rule !== null && 'pin' in rule),
    noShutDown: known.some(({ rule }) => rule !== null && 'noShutDown' in rule),
    onlyHosts: onlyOf(only),
    keepApart: known.flatMap(({ rule }) => (rule && 'apart' in rule ? [rule.apart] : [])),
    unread: known.flatMap(({ word, rule }) => (rule === null ? [word.slice(0, 40)] : [])),
  };
}

/** What all lists of hosts leave; null: there is no list. */
export function onlyOf(lists: readonly (readonly string[])[]): readonly string[] | null {
  return lists.length === 0 ? null : lists.reduce((all, each) => all.filter((one) => each.includes(one)));
}

type Read =
  | { readonly pin: true }
  | { readonly noShutDown: true }
  | { readonly only: readonly string[] }
  | { readonly apart: string };

function ruleOf(word: string): Read | null {
  if (word === 'pin') return { pin: true };
  if (word === 'no-shutdown') return { noShutDown: true };
  const { name, value = '' } = /^(?<name>only|apart)=(?<value>[a-z0-9._,-]+)$/u.exec(word)?.groups ?? {};
  if (name === 'apart') return value.includes(',') ? null : { apart: value };
  if (name !== 'only') return null;
  const hosts = value.split(',');
  return hosts.every((host) => SHORT_NAME.test(host)) ? { only: hosts } : null;
}
