import type { Ledger, RecordChange } from '../../src/core/ports';
import type { RequestRecord } from '../../src/core/request/record';
import type { Intake } from '../../src/core/request/statement';
import { intake, NOW, signed } from '../support/request-record';

/** A ledger under test. */
export interface LedgerUnderTest {
  readonly ledger: Ledger;
  /** More connections to the same ledger, as other processes have them; at least one. */
  readonly others: readonly [Ledger, ...Ledger[]];
  /** Lets this much of the ledger's time pass. */
  pass: (ms: number) => Promise<void>;
  /** Puts any text in place of a record, as somebody who can write Redis may. */
  forge: (id: string, text: string) => Promise<void>;
  close: () => Promise<void>;
}

/** A ledger that is open while its tests run, and what they all do with it. */
export interface LedgerStage {
  readonly under: LedgerUnderTest;
  readonly ledger: Ledger;
  /** Connections in turn, so that what races does so between processes. */
  each: (at: number) => Ledger;
  /** Records an intake. */
  record: (statement?: Intake) => Promise<RequestRecord>;
  /** Commits as the only one. */
  commit: (seen: RequestRecord, change: RecordChange) => Promise<RequestRecord>;
}

export const card = { channel: 'C1' };
export const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
export const ended = { state: 'withdrawn', ending: { problem: null, at: NOW } } as const;
export const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

let counter = 0;
export const nextId = (): string => (counter += 1).toString(16).padStart(32, '0');
export const asked = (id = nextId()): Intake => intake({ id });

/** To be called within a describe. */
export function ledgerStage(open: () => Promise<LedgerUnderTest>): LedgerStage {
  let under: LedgerUnderTest;
  beforeAll(async () => {
    under = await open();
  });
  afterAll(() => under.close());
  return {
    get under() {
      return under;
    },
    get ledger() {
      return under.ledger;
    },
    each: (at) => [under.ledger, ...under.others][at % (under.others.length + 1)] ?? under.ledger,
    record: async (statement = asked()) =>
      (await under.ledger.recordIntake(signed(statement), { key: statement.id, card })).record,
    async commit(seen, change) {
      const committed = await under.ledger.commit(seen, change, entry);
      if (!committed) throw new Error('somebody else was first');
      return committed;
    },
  };
}
