import type { MoveCheck } from '../../../core/hyperv/check';
import { clip } from '../text';

const SIGNS: Readonly<Record<MoveCheck['result'], string>> = { ok: '✔', bad: '✖', unknown: '？' };

/** Every check of a diagnosis in its order, with what was seen; plain lines. */
export function checkLines(checks: readonly MoveCheck[]): readonly string[] {
  return checks.map(({ name, result, evidence }) => `${SIGNS[result]} ${name}: ${clip(evidence, 200)}`);
}
