/** How long a host remembers that the KDC has refused it, in milliseconds of the fabric's time. */
export const DENIAL_MS = 15 * 60_000;

/**
 * What hosts remember of the KDC's refusals. A host that was refused a ticket does not ask again for about 15 minutes, whatever has been
 * written since, unless its cache is purged (`klist purge -li 0x3e7`): SupportArticles-docs, troubleshooting live migration.
 */
export class Denials {
  readonly #until = new Map<string, Map<string, number>>();
  readonly #kept = new Set<string>();

  remember(host: string, service: string, now: number): void {
    const of = this.#until.get(host) ?? new Map<string, number>();
    this.#until.set(host, of.set(service, now + DENIAL_MS));
  }

  isRemembered(host: string, service: string, now: number): boolean {
    return (this.#until.get(host)?.get(service) ?? 0) > now;
  }

  /** What a host remembers, and until when. */
  of(host: string, now: number): readonly { readonly service: string; readonly until: number }[] {
    return [...(this.#until.get(host) ?? [])].flatMap(([service, until]) =>
      until > now ? [{ service, until }] : [],
    );
  }

  purge(host: string): void {
    this.#until.delete(host);
  }

  /** Whether Handover's account may purge at a host: an administrator there may, one of Hyper-V Administrators alone may not. */
  letPurge(host: string, isLet: boolean): void {
    if (isLet) this.#kept.delete(host);
    else this.#kept.add(host);
  }

  isPurgeLet(host: string): boolean {
    return !this.#kept.has(host);
  }
}
