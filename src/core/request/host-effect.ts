import type { HostStep } from './record';

/**
 * Whether a request may have set something of a host: it began with it, and has not found it as before. Where a host was overtaken
 * meanwhile, that may be some of its settings only.
 */
export function hasSetHost({ intent, outcome }: HostStep): boolean {
  return intent !== null && outcome?.kind !== 'failed';
}
