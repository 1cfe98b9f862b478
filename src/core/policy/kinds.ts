/** Kinds of change that move machines, or their disks: a person of a user group may approve them, and a window waive them. */
export const MOVE_KINDS = ['live-move', 'storage-move'] as const;

/** Every kind of change that can have a rule. */
export const KINDS = [
  'delegation-add',
  'delegation-remove',
  'trust-mode',
  'host-setting',
  ...MOVE_KINDS,
  'shutdown',
] as const;

/** Whether a kind of change moves machines, or their disks. */
export function isMoveKind(kind: string): boolean {
  return MOVE_KINDS.some((each) => each === kind);
}
