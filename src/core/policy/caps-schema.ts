import { z } from 'zod';

const Cap = z.number().int().positive().optional();

/** What is too much. Taking power away has no caps: cleaning up must always work. */
export const Caps = z.strictObject({
  /** Values that a host may have in its list after a change. */
  valuesPerHost: Cap,
  /** Hosts that one request may give power to. */
  hostsPerRequest: Cap,
  /** Hosts that one request may set up. */
  preparedPerRequest: Cap,
  /** Machines that one request may move. */
  movedPerRequest: Cap,
  /** Machines that one request may shut down or save, so that they can move. */
  shutDownPerRequest: Cap,
  /** Machines that open requests of one person may be about to move when another is asked for. */
  movingPerPerson: Cap,
  /** Requests of one person that may be open at a time. */
  openPerPerson: Cap,
  /** Requests of one person within an hour. */
  requestsPerHour: Cap,
});
