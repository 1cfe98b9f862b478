import { inOrder } from '../survey/grouping';
import { readLandscape, type Origins } from '../survey/landscape';
import type { Survey } from '../survey/survey';
import type { Tier0 } from '../settings';
import { FINDING_CODES, type Finding } from './finding';
import { pairFindings } from './pairs';
import { sourceFindings } from './sources';
import { spnFindings } from './spns';
import { targetFindings } from './targets';

/** What a survey is judged by: where hosts are, what is out of reach, and which values are our own. */
export interface FindingContext {
  readonly searchBases: readonly string[];
  readonly tier0: Tier0;
  readonly origins: Origins;
}

/** Everything that is not as it should be, the worst first. The same survey gives the same list in whatever order it was read. */
export function findingsOf(survey: Survey, { tier0, ...context }: FindingContext): readonly Finding[] {
  const input = { ...readLandscape(survey, context), tier0 };
  const found = [
    ...targetFindings(input),
    ...sourceFindings(input),
    ...spnFindings(input),
    ...pairFindings(input),
  ];
  return FINDING_CODES.flatMap((code) =>
    inOrder(
      found.filter((finding) => finding.code === code),
      ({ hosts, keys }) => `${hosts.join(' ')} ${keys.join(' ')}`,
    ),
  );
}
