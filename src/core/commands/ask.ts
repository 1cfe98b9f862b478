/** The two service classes that may ever be delegated: `cifs` and Microsoft Virtual System Migration Service. */
export type Service = 'cifs' | 'migration';

/**
 * A host as a person named it. `short` matches `^[a-z0-9-]{1,15}$`; `fqdn` has no trailing dot; both are lower-case ASCII.
 * `dn` is an RFC 4514 text in its own spelling: only good for looking up, never for building other names.
 */
export interface HostName {
  readonly kind: 'short' | 'fqdn' | 'dn';
  readonly text: string;
}

/** A wish to let `source` delegate to `services` (canonical order cifs, migration; no doubles) of `destination`. */
export interface DelegateAsk {
  readonly verb: 'delegate';
  readonly source: HostName;
  readonly destination: HostName;
  readonly services: readonly Service[];
  /** 1–200 characters of inert text, to be escaped where it is shown. */
  readonly reason: string | null;
  readonly ticket: string | null;
  /** Show the plan only: no approval, no change. */
  readonly planOnly: boolean;
}

/** A wish to see one request; `request` is its label, such as `R-1042`. */
export interface ShowAsk {
  readonly verb: 'show';
  readonly request: string;
}

/** A wish for help, about one verb of the table or (null) about everything. */
export interface HelpAsk {
  readonly verb: 'help';
  readonly about: string | null;
}

/** What a well-formed command asks for. */
export type Ask = DelegateAsk | HelpAsk | ShowAsk;
