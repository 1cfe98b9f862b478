import type { Changes } from './changes';
import type { Connections } from './connections';
import type { Deliveries } from './deliveries';
import type { Faults } from './faults';
import type { Fields } from './fields';
import type { Messages } from './messages';
import type { ResolvedOptions } from './options';
import type { Rates } from './rates';
import type { ReadMarks } from './read-marks';
import type { ResponseUrls } from './response-urls';
import type { Traffic } from './traffic';
import type { Triggers } from './triggers';
import type { Uploads } from './uploads';
import type { Views } from './views';
import type { Workspace } from './workspace';

/** Everything the routes of the stand-in work with. */
export interface Parts {
  options: ResolvedOptions;
  /** `address:port` as it must stand in a Host header. */
  authority: string;
  workspace: Workspace;
  changes: Changes;
  messages: Messages;
  views: Views;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  /** The options that the app last suggested, by external select. */
  suggestions: WeakMap<Fields, Fields[]>;
  faults: Faults;
  traffic: Traffic;
  connections: Connections;
  deliveries: Deliveries;
  rates: Rates;
  readMarks: ReadMarks;
  uploads: Uploads;
}
