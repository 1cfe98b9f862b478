import { card } from '../../../src/bot/cards/card';
import { effectLines } from '../../../src/bot/cards/effect-lines';
import { changeBlocks, isShownWhole } from '../../../src/bot/cards/plan-blocks';
import { changeTexts } from '../../../src/bot/cards/changes/presentation';
import { proofLines } from '../../../src/bot/cards/proof';
import { thread } from '../../../src/bot/reports/thread';
import type { DirectoryPart } from '../../../src/core/delegation/plan';
import type { Proof } from '../../../src/core/request/record';
import { expectSlackTakes } from '../../support/blocks';
import { policy } from '../../support/request-record';
import {
  changeOf,
  crossPart,
  hostNames,
  oddNames,
  partOf,
  recordWith,
  stepOf,
  valuesFor,
  ofPart,
} from '../support/many-hosts';
import { meantBy, ordered, toldIn } from '../support/told-values';
import { rendered } from '../support/rendered';
import { rules } from '../support/usual-request';

const mesh = crossPart('add', hostNames(3), hostNames(3));
const largeMesh = crossPart('add', hostNames(16, true), hostNames(16, true));
const removed = (values: readonly string[]): DirectoryPart => partOf([changeOf('hv01', { remove: values })]);
const oddValues = (count: number) =>
  Array.from({ length: count }, (_, index) => `HTTP/ghost-${index}.gone.com:8080`);

describe('the changes on a card', () => {
  it('stand there value by value while they are few', () => {
    const blocks = changeBlocks(crossPart('add', ['hv01', 'hv02'], ['hv01', 'hv02']), 'Change');
    expect(blocks).toHaveLength(2);
    const text = rendered({ text: '', blocks });
    expect(text).toContain('| +  cifs/hv02.mabofeng.com');
    expect(text).toContain('| +  Microsoft Virtual System Migration Service/hv01');
  });

  it('are grouped when they are many: a mesh of sixteen', () => {
    const blocks = changeBlocks(largeMesh, 'Change');
    expect(rendered({ text: '', blocks }).split('\n').slice(2)).toEqual([
      '| Each of these 16 hosts in OU=Hyper-V,DC=mabofeng,DC=com:',
      '| hyper-v-rack-[01-16]',
      '| +  cifs and migration of every other of them in mabofeng.com',
    ]);
    const text = rendered(card(recordWith(largeMesh, { state: 'waiting' }), policy));
    expect(text).toContain('| Change: 16 objects, 960 values in all. Values of msDS-AllowedToDelegateTo.');
    expect(text).toContain('[Approve…] [Deny…] [Withdraw]');
  });

  it('are cut nowhere: one source with as many destinations as a request may have', () => {
    const names = oddNames(240);
    const part = crossPart('add', ['hv01'], names);
    expect(isShownWhole(ofPart(part))).toBe(true);
    const [, ...texts] = changeTexts(part.changes, 'Change') ?? [];
    const told = toldIn(texts.join('\n').split('\n'));
    expect(ordered(told)).toEqual(ordered(meantBy(part.changes)));
  });

  it('may not be approved from a card that cannot show them, before their pages stand', () => {
    const part = removed(oddValues(400));
    expect(isShownWhole(ofPart(part))).toBe(false);
    const text = rendered(
      card(recordWith(part, { state: 'waiting', command: 'undelegate hv01 -> all' }), policy),
    );
    expect(text).toContain('| Change: 400 writes to 1 object, too many to stand here one by one.');
    expect(text).toContain('all 400 writes of plan 1, on pages 1–4; fingerprint ');
    expect(text).not.toContain('HTTP/ghost');
    expect(text).toContain('\n[Deny…] [Withdraw]\n');
  });

  it('may not be approved from a card on which one value would be cut', () => {
    const part = removed(['cifs/hv02', `cifs/hv02.${'x'.repeat(400)}`]);
    const text = rendered(card(recordWith(part, { state: 'waiting' }), policy));
    expect(text).toContain('all 2 writes of plan 1, on one page;');
    expect(text).not.toContain('[Approve');
  });

  it('show what is approved, or have no button: whatever the number of values', () => {
    for (const count of [1, 10, 40, 60, 150, 200, 250]) {
      const text = rendered(card(recordWith(removed(oddValues(count)), { state: 'waiting' }), rules));
      const shown = oddValues(count).filter((value) => text.includes(`| −  ${value}\n`));
      expect([count, shown.length === count]).toEqual([count, text.includes('[Approve')]);
    }
  });

  it.each([
    ['a mesh of sixteen', largeMesh],
    ['the removal of one', crossPart('remove', hostNames(16, true), hostNames(16, true))],
    ['one source with 240 destinations', crossPart('add', ['hv01'], hostNames(241, true).slice(1))],
    ['a removal of 160 odd values', removed(oddValues(160))],
    ['a removal of 400 odd values', removed(oddValues(400))],
    ['a removal of 60 long values', removed(oddValues(60).map((value) => value.padEnd(290, '"😀<&')))],
  ])('are taken by Slack in every message of the thread: %s', (_title, part) => {
    const states = ['waiting', 'running', 'done', 'partial', 'failed', 'stuck', 'denied'] as const;
    for (const state of states) {
      const steps = part.changes.map((change) => stepOf(change));
      const messages = thread(recordWith(part, { state, steps }), policy);
      expect(messages.length).toBeGreaterThan(0);
      for (const { message } of messages) expectSlackTakes(message, 'message');
    }
  });
});

describe('what became of many changes', () => {
  const [one, two, three] = mesh.changes;
  if (!one || !two || !three) throw new Error('a mesh of three has three changes');
  const lines = (steps: Parameters<typeof recordWith>[1]['steps']) =>
    effectLines(recordWith(mesh, { state: 'partial', ...(steps && { steps }) }));

  it('is one line when all of it is the same', () => {
    expect(lines([stepOf(one), stepOf(two), stepOf(three)])).toEqual([
      'Written on dc1: 24 values added to hv01, hv02 and hv03.',
    ]);
    expect(lines([])).toEqual(['Nothing was changed in the directory.']);
  });

  it('is one line for each thing that happened, with the hosts by name', () => {
    expect(lines([stepOf(one), stepOf(two, { inferred: true })])).toEqual([
      'Written on dc1: 8 values added to hv01.',
      'Found written on dc1 after an interruption: 8 values added to hv02.',
      'Not changed: hv03.',
    ]);
    expect(
      lines([stepOf(one, { kind: 'already-so', added: [] }), stepOf(two, null), stepOf(three, null)]),
    ).toEqual([
      'Not written: hv01 was as planned already when the write was due.',
      'Not known: whether hv02 and hv03 were written. Look at msDS-AllowedToDelegateTo before you ask again.',
    ]);
    expect(lines([stepOf(one), stepOf(two, { kind: 'failed', added: [] }), stepOf(three, null)])).toEqual([
      'Written on dc1: 8 values added to hv01.',
      'Not changed: hv02.',
      'Not known: whether hv03 was written. Look at msDS-AllowedToDelegateTo before you ask again.',
    ]);
  });

  it('counts values removed as removed', () => {
    const part = crossPart('remove', ['hv01', 'hv02'], ['hv03']);
    const steps = part.changes.map((change) => stepOf(change));
    expect(effectLines(recordWith(part, { state: 'done', steps }))).toEqual([
      'Written on dc1: 8 values removed from hv01 and hv02.',
    ]);
  });
});

describe('the proof of many changes', () => {
  const proof = (results: readonly Proof['checks'][number]['result'][]): Proof => ({
    level: 'proved',
    converged: 2,
    servers: 2,
    checks: [
      { what: 'migration', result: 'read-back' },
      ...results.map((result) => ({ what: 'cifs', result })),
    ],
    note: '',
  });
  const lines = (part: DirectoryPart, ...results: readonly Proof['checks'][number]['result'][]) =>
    proofLines({ ...recordWith(part, { state: 'done' }), proof: proof(results) });

  it('counts pairs of which the same is so', () => {
    expect(lines(mesh, 'granted', 'granted', 'refused', 'granted', 'untestable')).toEqual([
      'Proof: read back on 2 of 2 domain controllers · the values for migration are there · ' +
        'the KDC grants cifs (3 pairs) · the KDC still refuses cifs · cifs is not proved here.',
      'If a move was refused before: each source remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7',
    ]);
  });

  it('says of a removal that a refusal is what was wanted, and how long tickets live', () => {
    const part = partOf([changeOf('hv01', { remove: valuesFor('hv02') })]);
    expect(lines(part, 'refused')).toEqual([
      'Proof: read back on 2 of 2 domain controllers · the values for migration are gone · the KDC refuses cifs now.',
      'Tickets that hv01 holds already stay good until they end, for up to ten hours. To end them now, run there: klist purge -li 0x3e7',
    ]);
    expect(lines(part, 'granted', 'untestable')[0]).toBe(
      'Proof: read back on 2 of 2 domain controllers · the values for migration are gone · the KDC still grants cifs · cifs is not proved here.',
    );
  });
});
