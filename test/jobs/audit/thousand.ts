import { canonicalText } from '../../../src/core/canonical';
import { drawSeal, type SignedSeal } from '../../../src/core/audit/seal';
import type { StreamRecord } from '../../../src/core/audit/stream';
import { readAuditText } from '../../../src/core/audit/record-text';
import type { ChainEnd } from '../../../src/core/audit/walk';
import type { Signer } from '../../../src/core/ports';
import { chain, CHAIN_START, SYSTEM_CHAIN, type AuditRecord } from '../../../src/core/request/audit';
import type { AuditSource } from '../../../src/jobs/audit/ledger-copy';
import { readAudit } from '../../../src/jobs/ledger/stored-texts';

/** All that Redis holds of an audit, as somebody who can write Redis has it in hand. */
export interface KeptAudit {
  readonly stream: StreamRecord[];
  /** Chain → its records' texts. */
  readonly chains: Map<string, string[]>;
  readonly ends: Map<string, ChainEnd>;
  readonly labels: ReadonlyMap<string, string>;
  readonly seals: (SignedSeal | null)[];
}

const RECORDS = 1_000;
const REQUESTS = 40;
const SEALED_EACH = 137;
const BEGAN = Date.UTC(2026, 10, 23);

/** An audit of a thousand records of forty requests and the system, one after the other by turns, all of it sealed. */
export function thousandRecords(signer: Signer): KeptAudit {
  const ids = Array.from({ length: REQUESTS }, (_, at) => (at + 1).toString(16).padStart(32, '0'));
  const labels = new Map(ids.map((id, at) => [`R-${1001 + at}`, id]));
  const kept: KeptAudit = { stream: [], chains: new Map(), ends: new Map(), labels, seals: [] };
  for (let at = 0; at < RECORDS; at += 1) {
    // Each request has a beginning and an end among the others.
    const turn = Math.floor((at / RECORDS) * (REQUESTS - 3)) + (at % 4);
    append(kept, at % 25 === 7 ? SYSTEM_CHAIN : (ids[turn] ?? SYSTEM_CHAIN), at);
  }
  for (let at = 0; at < RECORDS; at += SEALED_EACH)
    seal(kept, kept.stream.slice(at, at + SEALED_EACH), signer);
  return kept;
}

function append(kept: KeptAudit, id: string, at: number): void {
  const end = kept.ends.get(id) ?? { seq: 0, head: CHAIN_START };
  const detail = { plan: 1, object: `CN=HYPER-V${at}`, added: [`cifs/hyper-v${at}`], note: null };
  const link = chain(id, end, { what: 'outcome', who: 'directory/0a1b2c3d', at: BEGAN + at, detail });
  put(kept, at, link);
}

function put(kept: KeptAudit, at: number, link: AuditRecord): void {
  const label = [...kept.labels].find(([, id]) => id === link.request)?.[0] ?? '';
  const text = JSON.stringify(link);
  kept.stream.push({ position: `${BEGAN + at}-0`, label, text });
  kept.chains.set(link.request, [...(kept.chains.get(link.request) ?? []), text]);
  kept.ends.set(link.request, { seq: link.seq, head: link.hash });
}

function seal(kept: KeptAudit, part: readonly StreamRecord[], signer: Signer): void {
  const drawn = drawSeal(kept.seals.at(-1)?.seal ?? null, part, BEGAN + 3_600_000);
  if (drawn) kept.seals.push(signSeal(drawn, signer));
}

export function signSeal(seal: SignedSeal['seal'], signer: Signer): SignedSeal {
  return { seal, keyId: signer.keyId, signature: signer.sign(canonicalText(seal)) };
}

export function copyOf(kept: KeptAudit): KeptAudit {
  return {
    stream: [...kept.stream],
    chains: new Map([...kept.chains].map(([id, texts]) => [id, [...texts]])),
    ends: new Map(kept.ends),
    labels: kept.labels,
    seals: [...kept.seals],
  };
}

/** Makes chains, ends and links anew from what now stands in the stream, as somebody would who hides an edit. */
export function rechain(kept: KeptAudit): KeptAudit {
  const anew: KeptAudit = { ...kept, stream: [], chains: new Map(), ends: new Map() };
  for (const { position, label, text } of kept.stream) {
    const link = readAuditText(text);
    if (!link) throw new Error('not a record');
    const { request, seq: _, prev: __, hash: ___, ...entry } = link;
    const next = chain(request, anew.ends.get(request) ?? { seq: 0, head: CHAIN_START }, entry);
    anew.stream.push({ position, label, text: JSON.stringify(next) });
    anew.chains.set(request, [...(anew.chains.get(request) ?? []), JSON.stringify(next)]);
    anew.ends.set(request, { seq: next.seq, head: next.hash });
  }
  return anew;
}

/** Seals what now stands in the stream anew, in as large parts as before. */
export function reseal(kept: KeptAudit, signer: Signer): KeptAudit {
  const anew: KeptAudit = { ...kept, seals: [] };
  for (let at = 0; at < kept.stream.length; at += SEALED_EACH) {
    seal(anew, kept.stream.slice(at, at + SEALED_EACH), signer);
  }
  return anew;
}

/** What a verifier reads of it. */
export function sourceOf(kept: KeptAudit): AuditSource {
  return {
    audit: async (id) => (kept.chains.get(id) ?? []).map(readAudit),
    auditStream: async (after, limit) => {
      const from = kept.stream.findIndex(
        ({ position }) => Number.parseFloat(position) > Number.parseFloat(after),
      );
      return from === -1 ? [] : kept.stream.slice(from, from + limit);
    },
    chainEnd: async (id) => kept.ends.get(id) ?? null,
    requestIds: async () => kept.labels,
    seals: async (from, limit) => kept.seals.slice(from - 1, from - 1 + limit),
    allArchived: async () => new Map(),
    trimmedTo: async () => '0-0',
    time: async () => BEGAN + 7_200_000,
  };
}
