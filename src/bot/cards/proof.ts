import { isAboutMoves } from '../../core/request/advance-moves';
import { isAboutHosts } from '../../core/request/advance-hosts';
import type { RequestRecord, Proof } from '../../core/request/record';
import { counted } from './text';

/** How far the result is known, and no further; and what a host remembers although it is written. Plain sentences. */
export function proofLines(record: RequestRecord): readonly string[] {
  const { proof } = record;
  // Each host was read back before its outcome was recorded.
  if (isAboutHosts(record)) return [];
  // Of a move its machine is the proof: where it is, and that it is well.
  if (isAboutMoves(record)) return proof ? [`Proof: ${proofParts(proof, false).join(' · ')}.`] : [];
  if (!proof) return ['Not proved: nobody has read it back.'];
  const changes = record.plan?.directory.changes ?? [];
  const isRemoval = changes.some(({ kind }) => kind === 'delegation-remove');
  const sources = [...new Set(changes.map(({ name }) => name))];
  const source = sources.length === 1 ? (sources[0] ?? 'the source') : 'each source';
  return [
    `Proof: ${proofParts(proof, isRemoval).join(' · ')}.`,
    ...(proof.note === '' ? [] : [proof.note]),
    isRemoval
      ? `Tickets that ${source} holds already stay good until they end, for up to ten hours. To end them now, run there: klist purge -li 0x3e7`
      : `If a move was refused before: ${source} remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7`,
  ];
}

/** How far a result is known that is still being watched. */
export function soFarLine({ converged, servers }: Proof): string {
  return converged < servers
    ? `On ${converged} of ${counted(servers, 'domain controller')} so far; watched until it is on all of them.`
    : `On ${converged} of ${counted(servers, 'domain controller')}.`;
}

function proofParts({ converged, servers, checks }: Proof, isRemoval: boolean): readonly string[] {
  const readBack = `read back on ${converged} of ${counted(servers, 'domain controller')}`;
  const texts = checks.map((check) => (isRemoval ? removedPart(check) : checkPart(check)));
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [readBack, ...[...counts].map(([text, count]) => (count > 1 ? `${text} (${count} pairs)` : text))];
}

function removedPart({ what, result }: Proof['checks'][number]): string {
  switch (result) {
    case 'granted':
      return `the KDC still grants ${what}`;
    case 'refused':
      return `the KDC refuses ${what} now`;
    case 'read-back':
      return `the values for ${what} are gone`;
    case 'untestable':
      return `${what} is not proved here`;
  }
}

function checkPart({ what, result }: Proof['checks'][number]): string {
  switch (result) {
    case 'granted':
      return `the KDC grants ${what}`;
    case 'refused':
      return `the KDC still refuses ${what}`;
    case 'read-back':
      return `the values for ${what} are there`;
    case 'untestable':
      return `${what} is not proved here`;
  }
}
