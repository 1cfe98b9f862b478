import { digest } from '../../../src/core/canonical';
import { NO_HOSTS } from '../../../src/core/delegation/plan';
import { planDigests } from '../../../src/core/request/fingerprint';
import { intake, onePart } from '../../support/request-record';

const plan = { number: 1, directory: onePart, hosts: NO_HOSTS };

describe('the digests of a plan', () => {
  it('are those of its words, frozen as the ledger gives it or not, however often', () => {
    const frozen = { ...plan, directory: Object.freeze({ ...onePart }) };
    const first = planDigests(intake(), plan);
    expect(first.directoryDigest).toBe(digest(onePart));
    for (let time = 0; time < 2; time += 1) expect(planDigests(intake(), frozen)).toEqual(first);
  });

  it('change with the intake, the number and each part', () => {
    const changes = onePart.changes.map((change) => ({ ...change, by: 'hand' as const }));
    const others = [
      planDigests(intake({ command: 'x' }), plan),
      planDigests(intake(), { ...plan, number: 2 }),
      planDigests(intake(), { ...plan, directory: Object.freeze({ ...onePart, changes }) }),
      planDigests(intake(), { ...plan, directory: Object.freeze({ ...onePart, forMs: 1 }) }),
    ];
    const prints = [planDigests(intake(), plan), ...others].map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });
});
