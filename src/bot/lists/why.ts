import type { KnownBlock } from '@slack/types';
import { causeOf, codesIn } from '../../core/hyperv/causes';
import type { MoveCheck } from '../../core/hyperv/check';
import type { Diagnosis } from '../../core/hyperv/diagnose';
import { COMMAND_ACTION } from '../actions/command-button';
import { folded, header, plain, plainText, row, type Message } from '../cards/message';
import { checkLines } from '../cards/moves/check-lines';
import { clip, counted, inert } from '../cards/text';

/** What keeps machines from moving as one private message: the first real cause on top, then every check with what was seen. */
export function whyMessage({ checks, cause }: Diagnosis, move: { from: string; to: string }): Message {
  const way = `${move.from} → ${move.to}`;
  const open = checks.filter(({ result }) => result === 'unknown').length;
  const rest = open > 0 ? `; ${counted(open, 'thing')} could not be looked at` : '';
  const title = `${way}: ${cause ? cause.headline : `nothing is wrong with what was seen${rest}`}`;
  return {
    text: `${inert(title)}.${cause ? ` ${inert(clip(cause.evidence, 300))}` : ''}`,
    blocks: [
      header(clip(title, 140)),
      ...(cause ? [plain(`${clip(cause.evidence, 1_200)}\nTo do: ${clip(cause.fix, 600)}`)] : []),
      ...fixRow(cause),
      ...folded(checkLines(checks).join('\n')).map((text) => plain(text)),
      plain('Nothing was changed by looking.'),
    ],
  };
}

/** The command is the same as typed; what it asks for has to be approved. */
function fixRow(cause: MoveCheck | null): readonly KnownBlock[] {
  if (!cause?.command) return [];
  const label = cause.command.startsWith('/delegate') ? 'Ask for this delegation' : 'Ask for this setting';
  return [
    row([
      {
        type: 'button',
        action_id: `${COMMAND_ACTION}.why-fix`,
        text: plainText(label),
        value: cause.command,
        style: 'primary',
      },
    ]),
  ];
}

/** What errors in a pasted text mean. */
export function errorMessage(text: string): Message {
  const codes = codesIn(text);
  if (codes.length === 0) {
    const said =
      'No error in this text is known to Handover. Paste the whole event, or ask for the two hosts: /hv why hyper-v01 -> hyper-v02.';
    return { text: said, blocks: [plain(said)] };
  }
  const [first = ''] = codes;
  const title = `${first}: ${causeOf(first)?.isDelegation ? 'delegation can be the reason' : 'not about delegation'}`;
  const lines = codes.slice(0, 5).flatMap((code) => {
    const cause = causeOf(code);
    return cause ? [`${code}: ${cause.cause}\nTo do: ${cause.fix}`] : [];
  });
  return { text: `${title}. ${lines[0] ?? ''}`, blocks: [header(title), plain(lines.join('\n\n'))] };
}
