import type { RequestRecord, Proof } from '../../core/request/record';
import { counted } from './text';

/** How far the result is known, and no further; and what a host remembers although it is written. Plain sentences. */
export function proofLines(record: RequestRecord): readonly string[] {
  const { proof } = record;
  if (!proof) return ['Not proved: nobody has read it back.'];
  const source = record.plan?.directory.powers[0]?.source ?? 'the source';
  return [
    `Proof: ${proofParts(proof).join(' · ')}.`,
    ...(proof.note === '' ? [] : [proof.note]),
    `If a move was refused before: ${source} remembers that for about 15 minutes. Wait, or run there: ` +
      'klist purge -li 0x3e7',
  ];
}

function proofParts({ converged, servers, checks }: Proof): readonly string[] {
  const readBack = `read back on ${converged} of ${counted(servers, 'domain controller')}`;
  return [readBack, ...checks.map(checkPart)];
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
