import type { EnvelopeFault } from './faults';
import type { Fields } from './fields';

/** What is delivered: over Socket Mode the type of its envelope, over HTTP the form of its body. */
export type DeliveryType = 'slash_commands' | 'interactive' | 'events_api';

/** The words in which Slack tells a person that an app could not be reached or did not answer. */
export type DeliveryError =
  | 'dispatch_failed'
  | 'operation_timeout'
  | 'http_client_error'
  | 'http_service_error';

/** What became of a delivery: the payload of the app's ack, or why there is none. */
export type Delivery =
  | { acked: true; payload: Fields }
  | {
      acked: false;
      error: DeliveryError;
      /** Slack's word for it when an event is tried again. */
      reason: string;
      /** The app asked that this event be not tried again (`X-Slack-No-Retry: 1`). */
      isFinal?: boolean;
    };

/** One try of a delivery. */
export interface Sending {
  type: DeliveryType;
  payload: Fields;
  /** For events: how many tries there were before, and why this one is made. */
  retry?: { attempt: number; reason: string };
  /** The faults that strike this try. */
  faults: EnvelopeFault[];
}

/** How payloads reach the app: Socket Mode or signed HTTP requests. */
export interface Way {
  /** Sends once, and once more for each `duplicate` fault; resolves with the first answer. */
  attempt(sending: Sending): Promise<Delivery>;
  /** How many receivers there are: open connections, or 1 for a verified request URL. */
  count(): number;
  /** Resolves as soon as the app can get something. */
  whenReachable(): Promise<void>;
  /** Ends every wait. */
  close(): void;
}

/** What happens when there is nobody to send to. */
export const undelivered: Delivery = { acked: false, error: 'dispatch_failed', reason: 'connection_failed' };
