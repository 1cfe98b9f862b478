/** Every kind of change that can have a rule. */
export const KINDS = [
  'delegation-add',
  'delegation-remove',
  'trust-mode',
  'host-setting',
  'live-move',
  'storage-move',
  'shutdown',
] as const;
