import type { HostStep, RequestRecord } from '../../../core/request/record';
import { namesSaid } from '../names';

/** Plain sentences: which hosts were set and read back, which were not, and of which nobody knows. */
export function hostEffectLines(record: RequestRecord): readonly string[] {
  const { hostSteps, plan } = record;
  const steps =
    plan?.hosts.settings.map(({ host }) => ({ host, step: hostSteps.find((each) => each.host === host) })) ??
    [];
  const of = (wanted: (step: HostStep | undefined) => boolean): string =>
    namesSaid(steps.filter(({ step }) => wanted(step)).map(({ host }) => host));
  const isOpen = record.state === 'running' || record.state === 'awaiting-hand';
  const isAsked = record.state === 'awaiting-hand';
  const lines: readonly [string, (names: string) => string][] = [
    [of((step) => step?.outcome?.kind === 'changed'), (names) => `Set and read back: ${names}.`],
    [of((step) => step?.outcome?.kind === 'by-hand'), (names) => `Done by hand and seen: ${names}.`],
    [of((step) => step?.outcome?.kind === 'already-so'), (names) => `Not set: ${names} was so already.`],
    [
      of((step) => Boolean(step?.intent) && !step?.outcome),
      (names) => `Not known yet: whether ${names} was set. It is read again.`,
    ],
    [of(isInPart), (names) => `Changed in part only: ${names}.`],
    [
      of((step) => isAsked && isUntouched(step)),
      (names) => `Waits for a person to set ${names}; this thread says how.`,
    ],
    [
      of((step) => (!isAsked && isUntouched(step)) || (isWithout(step) && !isInPart(step))),
      (names) => `Not changed${isOpen ? ' yet' : ''}: ${names}.`,
    ],
  ];
  return lines.flatMap(([names, line]) => (names === '' ? [] : [line(names)]));
}

function isUntouched(step: HostStep | undefined): boolean {
  return !step?.intent && !step?.outcome;
}

function isWithout(step: HostStep | undefined): boolean {
  return step?.outcome?.kind === 'failed' || step?.outcome?.kind === 'stale';
}

/** Some of its settings were seen as they were to be, though not all. */
function isInPart(step: HostStep | undefined): boolean {
  return isWithout(step) && step?.outcome?.inferred === true;
}
