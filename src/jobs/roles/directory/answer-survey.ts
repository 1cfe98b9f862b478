import { z } from 'zod';
import { nearestWord } from '../../../core/commands/nearest';
import { findingsOf } from '../../../core/findings/find';
import type { DelegationsAnswer, DelegationsQuestion, FindingsAnswer } from '../../../core/survey/answer';
import type { NamesAnswer } from '../../../core/survey/names';
import { delegationsOf } from '../../../core/survey/delegations';
import { originKey, type Origins } from '../../../core/survey/landscape';
import type { Survey } from '../../../core/survey/survey';
import { hostViewOf, overviewOf } from '../../../core/survey/views';
import { answerNames } from './answer-names';
import { tell } from '../told';
import { heldGroups } from './held-groups';
import type { DirectoryParts } from './parts';
import { previewDelegation } from './role';
import { proveHost, verifySources } from './verify-survey';

const HostName = z.strictObject({
  kind: z.enum(['short', 'fqdn', 'dn']),
  text: z.string().min(1).max(2_000),
});

/** A question about the whole domain. `ping` only tells that somebody is there. */
const Question = z.discriminatedUnion('about', [
  z.strictObject({ about: z.literal('ping') }),
  z.strictObject({ about: z.literal('findings') }),
  z.strictObject({
    about: z.literal('groups'),
    user: z.string().max(40),
    groups: z.array(z.string().max(2_000)).max(16),
  }),
  z.strictObject({ about: z.literal('names'), typed: z.array(HostName).max(64) }),
  z.strictObject({
    about: z.literal('delegations'),
    host: HostName.nullable(),
    verify: z.boolean(),
    raw: z.boolean(),
  }),
]);

/** Answers whatever is asked of the directory role: a list, or the preview of a plan. Nothing is changed by any of it. */
export async function answerDirectory(parts: DirectoryParts, question: unknown): Promise<unknown> {
  const asked = Question.safeParse(question);
  if (!asked.success) return previewDelegation(parts, question);
  return tell(() => answerList(parts, asked.data));
}

async function answerList(
  parts: DirectoryParts,
  question: z.infer<typeof Question>,
): Promise<'pong' | DelegationsAnswer | FindingsAnswer | NamesAnswer | readonly string[]> {
  switch (question.about) {
    case 'ping':
      return 'pong';
    case 'names':
      return answerNames(parts, question.typed);
    case 'groups':
      return heldGroups(parts, question.user, question.groups);
    case 'findings':
      return answerFindings(parts);
    case 'delegations':
      return answerDelegations(parts, question);
  }
}

async function answerFindings(parts: DirectoryParts): Promise<FindingsAnswer> {
  const { survey, origins } = await lookAround(parts);
  const { tier0, directory } = parts.settings;
  const { server, at, unread } = survey;
  const findings = findingsOf(survey, { searchBases: directory.searchBases, tier0, origins });
  return { server, at, unread, findings };
}

async function answerDelegations(
  parts: DirectoryParts,
  { host, verify, raw }: DelegationsQuestion,
): Promise<DelegationsAnswer> {
  const { survey, origins } = await lookAround(parts);
  const { searchBases } = parts.settings.directory;
  const delegations = delegationsOf(survey, { searchBases, origins });
  if (host === null) {
    const checks = verify ? await verifySources(parts, delegations.sources) : null;
    return { kind: 'overview', overview: overviewOf(delegations, { withRaw: raw }), checks };
  }
  const view = hostViewOf(delegations, survey, host);
  if (!view) {
    const nearest = nearestWord(host.text, delegations.hosts);
    return { kind: 'unknown-host', name: host.text, nearest };
  }
  const verified = verify && view.host ? view.host : null;
  const checks = verify ? await verifySources(parts, verified ? [verified] : []) : null;
  const proofs = verified ? await proveHost(parts, verified) : [];
  return { kind: 'host', view, raw, checks, proofs };
}

/** The survey, and which of its values are ours. */
async function lookAround({
  directory,
  ledger,
}: DirectoryParts): Promise<{ survey: Survey; origins: Origins }> {
  const survey = await directory.survey();
  const values = survey.objects.flatMap(({ guid, allowedToDelegateTo }) =>
    allowedToDelegateTo.map((value) => ({ guid, value })),
  );
  const labels = await ledger.origins(values);
  const known = values.flatMap(({ guid, value }, at): [string, string][] => {
    const label = labels[at];
    return label ? [[originKey(guid, value), label]] : [];
  });
  return { survey, origins: new Map(known) };
}
