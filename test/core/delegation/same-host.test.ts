import { deriveAgain } from '../../../src/core/delegation/look';
import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { planChange } from '../../../src/core/delegation/plan-change';
import { listChanges } from '../../../src/core/delegation/powers';
import { carriedOut, inputFor } from './many-hosts';
import { practiceDomain, withHost, type Domain } from './practice-domain';

const domain = practiceDomain();
const [one, two, three] = ['hyper-v01', 'hyper-v02', 'hyper-v03'];
const fullOne = 'hyper-v01.mabofeng.com';
const fullTwo = 'hyper-v02.mabofeng.com';
const dnOne = '"CN=hyper-v01,OU=Hyper-V,DC=mabofeng,DC=com"';

function partOf(command: string, from: Domain = domain): DirectoryPart {
  const planned = planChange(inputFor(from, command));
  if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned.verdicts));
  return planned.part;
}

describe('a host that is asked for by several names', () => {
  it.each([
    ['twice as source', `delegate ${one},${fullOne} -> ${two}`, `delegate ${one} -> ${two}`],
    ['the full name first', `delegate ${fullOne},${one} -> ${two}`, `delegate ${one} -> ${two}`],
    ['by its distinguished name', `delegate ${one},${dnOne} -> ${two}`, `delegate ${one} -> ${two}`],
    ['twice as destination', `delegate ${one} -> ${two},${fullTwo}`, `delegate ${one} -> ${two}`],
    ['on both sides', `delegate ${one} -> ${fullOne},${two}`, `delegate ${one} -> ${two}`],
    [
      'on both sides of both ways',
      `delegate ${one},${two} <-> ${fullOne},${fullTwo}`,
      `delegate ${one} <-> ${two}`,
    ],
    ['in a mesh', `delegate mesh ${one},${fullOne},${two},${three}`, `delegate mesh ${one},${two},${three}`],
    [
      'in a mesh, by its distinguished name',
      `delegate mesh ${dnOne},${two},${one}`,
      `delegate mesh ${one},${two}`,
    ],
  ])('%s is one host: the plan is the one of one name', (_title, doubled, single) => {
    const part = partOf(doubled);
    expect(part).toEqual(partOf(single));
    expect(new Set(part.changes.map(({ guid }) => guid)).size).toBe(part.changes.length);
    expect(deriveAgain(inputFor(domain, doubled), part)).toEqual({ kind: 'same', part });
  });

  it('is counted once', () => {
    const input = inputFor(domain, `delegate ${one},${fullOne} -> ${two},${fullTwo} cifs`);
    expect(planChange({ ...input, caps: { valuesPerHost: 2, pairs: 1 } }).kind).toBe('plan');
  });

  it('is warned about once, and returned by whatever name', () => {
    const warnings = (command: string) =>
      planChange(inputFor(domain, command)).verdicts.filter(({ verdict }) => verdict === 'warn');
    expect(warnings(`delegate ${one},${fullOne} -> ${two}`)).toEqual(warnings(`delegate ${one} -> ${two}`));
    expect(warnings(`delegate ${one},${two} -> ${fullTwo},${fullOne}`)).toEqual([]);
  });

  it('is refused in words where no other host is asked for', () => {
    const planned = planChange(inputFor(domain, `delegate ${one} -> ${dnOne}`));
    expect(planned.verdicts.filter(({ verdict }) => verdict === 'refuse').map(({ check }) => check)).toEqual([
      'pair.distinct',
    ]);
  });

  it('is still refused under a name that two objects answer to', () => {
    const twin = withHost(domain, three, { dnsHostName: fullOne });
    const planned = planChange(inputFor(twin, `delegate ${one},${fullOne} -> ${two}`));
    expect(
      planned.verdicts.filter(({ verdict }) => verdict === 'refuse').map(({ check }) => check),
    ).toContain('source.found');
  });

  it('is still refused under a name that only looks the same to the directory', () => {
    const alike = withHost(domain, three, { dnsHostName: 'hyper-v03.mábofeng.com' });
    const planned = planChange(inputFor(alike, `delegate ${three},hyper-v03.mabofeng.com -> ${two}`));
    expect(planned.verdicts.filter(({ verdict }) => verdict === 'refuse')).toContainEqual(
      expect.objectContaining({
        check: 'source.found',
        sentence: expect.stringContaining('is not spelled so'),
      }),
    );
  });

  it('is told the same however often it is derived', () => {
    const command = `delegate ${fullOne},${one} -> ${fullTwo},${two},${three}`;
    const input = inputFor(domain, command);
    const hosts = input.observation.hosts.toReversed();
    const otherwise = { ...input, observation: { ...input.observation, hosts } };
    expect(planChange(otherwise)).toEqual(planChange(input));
  });
});

describe('a removal from a host that is asked for by several names', () => {
  const mesh = partOf(`delegate mesh ${one},${two},${three}`);
  const held = carriedOut(domain, mesh.changes);
  const removedFrom = (command: string, from: Domain) => listChanges(partOf(command, from))[0]?.remove;

  it.each([
    ['twice as source', `undelegate ${one},${fullOne} -> ${two}`, `undelegate ${one} -> ${two}`],
    ['by its distinguished name', `undelegate ${dnOne},${one} -> ${two}`, `undelegate ${one} -> ${two}`],
    ['twice as destination', `undelegate ${one} -> ${two},${fullTwo}`, `undelegate ${one} -> ${two}`],
    ['both ways', `undelegate ${one},${fullOne} <-> ${two}`, `undelegate ${one} <-> ${two}`],
    ['in a mesh', `undelegate mesh ${one},${fullOne},${two}`, `undelegate mesh ${one},${two}`],
    ['among all', `undelegate ${one},all -> ${two}`, `undelegate all -> ${two}`],
  ])('%s is one host: one change of one object', (_title, doubled, single) => {
    const part = partOf(doubled, held);
    const byName = (changes: DirectoryPart['changes']) =>
      changes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName(part.changes)).toEqual(byName(partOf(single, held).changes));
    expect(new Set(part.changes.map(({ guid }) => guid)).size).toBe(part.changes.length);
    expect(deriveAgain(inputFor(held, doubled), part)).toEqual({ kind: 'same', part });
  });

  it('joins what two names of one source want removed', () => {
    const command = `undelegate ${one},${two} <-> ${fullOne},${three}`;
    const [first] = listChanges(partOf(command, held));
    expect(first?.name).toBe(one);
    expect(first?.remove).toEqual(listChanges(mesh)[0]?.add);
  });

  it('leaves a value of the host for itself alone, unless everything goes', () => {
    const own = withHost(held, one, { allowedToDelegateTo: ['cifs/hyper-v01', 'cifs/hyper-v02'] });
    const removed = (command: string) => removedFrom(command, own);
    expect(removed(`undelegate mesh ${one},${fullOne},${two}`)).toEqual(['cifs/hyper-v02']);
    expect(removed(`undelegate ${one} -> all`)).toEqual(['cifs/hyper-v01', 'cifs/hyper-v02']);
  });

  it('takes the values for a host under its dNSHostName, whatever that begins with', () => {
    const renamed = withHost(domain, two, { dnsHostName: 'storage.mabofeng.com' });
    const allowedToDelegateTo = ['cifs/hyper-v02', 'cifs/storage.mabofeng.com', 'cifs/storage'];
    const from = withHost(renamed, one, { allowedToDelegateTo });
    expect(removedFrom(`undelegate ${one} -> ${two}`, from)).toEqual([
      'cifs/hyper-v02',
      'cifs/storage.mabofeng.com',
    ]);
  });

  it('keeps the values of hosts that only begin alike, and takes no full name for a short one', () => {
    const odd = withHost(domain, one, {
      allowedToDelegateTo: [
        'cifs/hyper-v02',
        'cifs/hyper-v02.gone.com',
        'cifs/hyper-v021',
        'cifs/ghost99',
        'cifs/ghost99.other.com',
      ],
    });
    const removed = (command: string) => removedFrom(command, odd);
    expect(removed(`undelegate ${one} -> ${fullTwo}`)).toEqual(['cifs/hyper-v02', 'cifs/hyper-v02.gone.com']);
    expect(removed(`undelegate ${one} -> ghost99.other.com`)).toEqual(['cifs/ghost99.other.com']);
    expect(removed(`undelegate ${one} -> ghost99`)).toEqual(['cifs/ghost99', 'cifs/ghost99.other.com']);
  });
});
