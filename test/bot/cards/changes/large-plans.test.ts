import { card } from '../../../../src/bot/cards/card';
import { overLimits } from '../../../../src/bot/cards/limits';
import { isShownWhole } from '../../../../src/bot/cards/plan-blocks';
import { changeTexts } from '../../../../src/bot/cards/changes/presentation';
import { thread } from '../../../../src/bot/reports/thread';
import type { DirectoryPart, ListChange, Verdict } from '../../../../src/core/delegation/plan';
import { listChanges } from '../../../../src/core/delegation/powers';
import { spnsFor } from '../../../../src/core/delegation/spn';
import { minusValues, sortValues } from '../../../../src/core/delegation/values';
import type { RequestRecord } from '../../../../src/core/request/record';
import { expectSlackTakes } from '../../../support/blocks';
import { intake, NOW, planOf, signed } from '../../../support/request-record';
import { changeOf, oddNames, partOf, recordWith, stepOf, trustOf, ofPart } from '../../support/many-hosts';
import { meantBy, ordered, toldIn } from '../../support/told-values';
import { decision, rules } from '../../support/usual-request';

const names = oddNames(64);
const domain = 'hyper-v.production.europe.mabofeng.com.x';
const valuesFor = (name: string) =>
  spnsFor({ name, dnsHostName: `${name}.${domain}` }, ['cifs', 'migration']);

/** A mesh of 64 hosts without any pattern in their names; `there` says whose values a host has already. */
function meshOf64(there: (index: number) => readonly string[], isRemoval = false): readonly ListChange[] {
  return names.map((name, index) => {
    const staying = there(index)
      .filter((other) => other !== name)
      .flatMap((other) => [...valuesFor(other)]);
    const all = names.filter((other) => other !== name).flatMap((other) => [...valuesFor(other)]);
    return changeOf(name, { [isRemoval ? 'remove' : 'add']: sortValues(minusValues(all, staying)), staying });
  });
}

const fromScratch = meshOf64(() => []);
const advice = 'z'.repeat(900);
const warnings: readonly Verdict[] = Array.from({ length: 5 }, (_, index) => ({
  check: `x${index}`,
  verdict: 'warn',
  sentence: `${index}${advice}`,
  remedy: advice,
}));

/** The card with everything on it that can be: warnings, a time, a ticket, voided plans, what holds it up. */
function fullRecord(part: DirectoryPart, state: RequestRecord['state']): RequestRecord {
  const command = `delegate mesh a,b --reason "${'😀'.repeat(200)}" --ticket ${'T'.repeat(40)}`;
  const plan = planOf(intake({ command }), {
    number: 4,
    directory: { ...part, forMs: 90 * 60_000 },
    verdicts: warnings,
  });
  const record: RequestRecord = {
    ...recordWith(part, { state, command }),
    label: 'R-999999999999',
    plan,
    intake: signed(intake({ command, channel: 'C0ELSEWHERE' })),
    voided: [{ plan: 3, sentence: advice, at: NOW }],
    trouble: { code: 'x', summary: advice, remedy: advice },
    parent: { id: '', label: 'R-999999999998' },
    steps:
      state === 'waiting' ? [] : part.changes.map((each, index) => stepOf(each, index % 2 === 0 ? {} : null)),
  };
  const ending =
    state === 'waiting' || state === 'awaiting-hand' ? null : { problem: record.trouble, at: NOW };
  return { ...record, ending, decisions: [decision(record, 'approve')] };
}

/** What a reader can tell from the card's changes is the plan. */
function expectTold({ changes }: DirectoryPart): void {
  const [, ...texts] = changeTexts(changes, 'Planned') ?? [];
  expect(ordered(toldIn(texts.join('\n').split('\n')))).toEqual(ordered(meantBy(changes)));
}

const shapes: readonly (readonly [string, DirectoryPart])[] = [
  ['from scratch', partOf(fromScratch)],
  ['with every trust mode as well', partOf([...fromScratch, ...names.map(trustOf)])],
  [
    'all of it by hand',
    partOf([...fromScratch.map((each) => ({ ...each, by: 'hand' as const })), ...names.map(trustOf)]),
  ],
  ['half of which is there', partOf(meshOf64((index) => (index < 32 ? names.slice(0, 32) : [])))],
  [
    'in which each host has two others already',
    partOf(meshOf64((index) => [names[(index * 5 + 1) % 64] ?? '', names[(index * 11 + 7) % 64] ?? ''])),
  ],
  [
    'in which one host has all and is had by nobody',
    partOf(meshOf64((index) => (index === 9 ? names : [])).filter((_, index) => index !== 9)),
  ],
  ['to be removed', partOf(meshOf64(() => [], true))],
  [
    'half of which is there for a time only',
    partOf(
      fromScratch.map((each, index) => {
        const keep = names
          .slice(0, 20)
          .filter((other) => other !== each.name)
          .flatMap((other) => [...valuesFor(other)]);
        return index % 2 === 0 ? each : { ...each, before: keep, add: minusValues(each.add, keep), keep };
      }),
    ),
  ],
];

describe('a mesh of 64 hosts with odd names and a long domain', () => {
  it('has 16,128 values', () => {
    expect(names.every(({ length }) => length === 15)).toBe(true);
    expect(domain).toHaveLength(40);
    const values = listChanges({ changes: fromScratch }).flatMap(({ add }) => [...add]);
    expect(new Set(fromScratch.flatMap(({ name, add }) => add.map((value) => `${name} ${value}`))).size).toBe(
      16_128,
    );
    expect(values).toHaveLength(16_128);
  });

  it.each(shapes)('is shown whole, so that each value can be told again, %s', (_shape, part) => {
    expect(isShownWhole(ofPart(part))).toBe(true);
    expectTold(part);
  });

  it.each(shapes)('fits one card beside everything else that a card can say, %s', (_shape, part) => {
    for (const state of ['waiting', 'awaiting-hand', 'partial', 'done'] as const) {
      const record = fullRecord(part, state);
      const message = card(record, rules);
      expect(overLimits(message)).toEqual([]);
      expectSlackTakes(message, 'message');
    }
  });

  it('takes a sixth of a card from scratch', () => {
    const [first] = shapes;
    const text = (changeTexts(first?.[1].changes ?? [], 'Change') ?? []).join('\n');
    expect(text.length).toBeGreaterThan(1_200);
    expect(text.length).toBeLessThan(1_900);
  });

  it('is told in the outcome host by host, whatever has become of each', () => {
    const part = partOf([...fromScratch, ...names.map(trustOf)]);
    const record = fullRecord(part, 'partial');
    const outcome = thread(record, rules).at(-1);
    const said = JSON.stringify(outcome?.message.blocks);
    for (const name of names) expect(said.split(name).length - 1).toBeGreaterThanOrEqual(2);
  });

  it('is taken by Slack message by message when all of it is done by hand', () => {
    const [, , byHand] = shapes;
    const part = byHand?.[1] ?? partOf([]);
    const messages = thread({ ...fullRecord(part, 'awaiting-hand'), steps: [] }, rules);
    expect(messages.length).toBeGreaterThan(128);
    for (const { message } of messages.slice(0, 12)) {
      expect(overLimits(message)).toEqual([]);
      expectSlackTakes(message, 'message');
    }
  });
});

describe('a plan that no card can show', () => {
  it('has no button: 64 hosts with whatever in their lists', () => {
    const changes = names.map((name, index) => {
      const values = names
        .filter((_, at) => (at * 31 + index * 17) % 7 < 3)
        .flatMap((other) => [...valuesFor(other)]);
      return changeOf(name, { add: values });
    });
    const part = partOf(changes);
    expect(isShownWhole(ofPart(part))).toBe(false);
    const { blocks } = card(recordWith(part, { state: 'waiting' }), rules);
    expect(JSON.stringify(blocks)).not.toContain('request.approve');
  });

  it('has no button: a trust mode that sets more than the one bit', () => {
    const change = { ...trustOf('hv01'), after: 0x108_1000 };
    expect(isShownWhole(ofPart(partOf([change])))).toBe(false);
    expect(isShownWhole(ofPart(partOf([{ ...trustOf('hv01'), before: 0x100_1000, after: 0x1000 }])))).toBe(
      false,
    );
    expect(isShownWhole(ofPart(partOf([trustOf('hv01')])))).toBe(true);
  });
});
