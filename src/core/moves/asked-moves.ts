import { isMoveAsk, type MoveAsk } from '../commands/ask';
import type { RequestRecord } from '../request/record';
import { readSigned } from '../request/signed-command';

/** What a request asks of machines, by the command of its intake; null: nothing. Whether the intake is the bot's is judged elsewhere. */
export function askedMoves({ intake }: Pick<RequestRecord, 'intake'>): MoveAsk | null {
  const parsed = readSigned(intake.statement.command);
  return parsed.ok && isMoveAsk(parsed.ask) ? parsed.ask : null;
}
