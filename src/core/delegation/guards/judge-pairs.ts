import type { HostName, Service } from '../../commands/ask';
import { once } from '../../once';
import type { Verdict } from '../plan';
import { SIDES, type Guard, type GuardInput, type Side } from './guard';
import { answerOf, DELEGATION_ADD_GUARDS, runGuards } from './list';

/** What the guards about one side say of one host and services. */
interface Sheet {
  readonly answers: Map<Guard, Verdict | null>;
  /** All of them have been asked, have answered and were told. */
  isTold: boolean;
}

type Sheets = Readonly<Record<Side, Sheet>>;

const aboutBoth = DELEGATION_ADD_GUARDS.filter(({ about }) => about === undefined);

/**
 * What the guards say of all pairs; the same sentence of the same guard stands once. A mesh of 64 hosts has 4,032 pairs: a guard about
 * one side alone is asked once for each host and services of that side, and once both sides are told only those about the pair are left.
 */
export function judgePairs(pairs: readonly GuardInput[]): readonly Verdict[] {
  const sheetsOf = newSheets();
  const verdicts: Verdict[] = [];
  const sentences = new Map<string, Set<string>>();
  for (const pair of pairs) {
    for (const verdict of newVerdicts(pair, sheetsOf(pair))) {
      const told = sentences.get(verdict.check) ?? new Set();
      if (told.has(verdict.sentence)) continue;
      sentences.set(verdict.check, told.add(verdict.sentence));
      verdicts.push(verdict);
    }
  }
  return verdicts;
}

/** What is said of a pair, without what was told of both its sides when nothing but that is missing. */
function newVerdicts(pair: GuardInput, sheets: Sheets): readonly Verdict[] {
  if (sheets.source.isTold && sheets.destination.isTold) {
    const answers = aboutBoth.map((guard) => answerOf(guard, pair)).filter((answer) => answer !== null);
    if (answers.length === aboutBoth.length) return answers;
  }
  const verdicts = runGuards(pair, DELEGATION_ADD_GUARDS, (guard) => answerFrom(sheets, guard, pair));
  for (const side of SIDES) sheets[side].isTold = [...sheets[side].answers.values()].every(Boolean);
  return verdicts;
}

function answerFrom(sheets: Sheets, guard: Guard, pair: GuardInput): Verdict | null {
  if (!guard.about) return answerOf(guard, pair);
  const { answers } = sheets[guard.about];
  const earlier = answers.get(guard);
  if (earlier !== undefined) return earlier;
  const answer = answerOf(guard, pair);
  answers.set(guard, answer);
  return answer;
}

function newSheets(): (pair: GuardInput) => Sheets {
  const newSide = () =>
    once((_host: HostName) =>
      once((_services: readonly Service[]): Sheet => ({ answers: new Map(), isTold: false })),
    );
  const sides = { source: newSide(), destination: newSide() };
  return ({ ask }) => ({
    source: sides.source(ask.source)(ask.services),
    destination: sides.destination(ask.destination)(ask.services),
  });
}
