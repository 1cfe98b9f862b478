import type { Fields } from '../../../lab/slack/fields';
import { openTranscript } from '../../../lab/tour/transcript';

function section(text: string): Fields {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

const buttons = (...labels: string[]): Fields => ({
  type: 'actions',
  elements: labels.map((text) => ({ type: 'button', text: { type: 'plain_text', text } })),
});

function written(play: (show: ReturnType<typeof openTranscript>['show']) => void): string[] {
  const lines: string[] = [];
  const users = [{ id: 'U0SAM', name: 'sam', role: 'requester' }];
  const channels = [{ id: 'C0HYPERV', name: 'hyper-v', members: [] }];
  play(openTranscript({ users, channels, say: (line) => void lines.push(line) }).show);
  return lines;
}

const card = {
  blocks: [section('Waiting'), section('Change of a\n+  cifs/b\n+  cifs/c'), buttons('Approve', 'Deny…')],
};
const done = { blocks: [section('Done'), section('Change of a\n+  cifs/b\n+  cifs/c'), buttons('Undo…')] };

describe('a transcript', () => {
  it('has what people read: names, times, signs, code and buttons', () => {
    const message = {
      blocks: [
        section('<@U0SAM> in <#C0HYPERV> at <!date^1^{time}|00:00 UTC>: a -&gt; b, \u2060*\u2060 not bold'),
        section('Type:\n```\n/delegate a -&gt; b\n/hv findings\n```'),
        { type: 'divider' },
        { type: 'context', elements: [{ type: 'plain_text', text: 'small' }] },
        buttons('Approve', 'Deny…'),
      ],
    };
    expect(written((show) => show('all', message))).toEqual([
      '\nall:',
      '  │ @sam in #hyper-v at 00:00 UTC: a -> b, * not bold',
      '  │ Type:',
      '  │     /delegate a -> b',
      '  │     /hv findings',
      '  │ small',
      '  │ [Approve] [Deny…]',
    ]);
    expect(written((show) => show('all', { text: 'only a sentence' }))).toEqual([
      '\nall:',
      '  │ only a sentence',
    ]);
  });

  it('leaves out what stood in an earlier message about the same, but for whose values they are', () => {
    const lines = written((show) => {
      show('card', card, 'R-1');
      show('edited', done, 'R-1');
    });
    expect(lines.slice(lines.indexOf('\nedited:'))).toEqual([
      '\nedited:',
      '  │ Done',
      '  │ Change of a',
      '  │ +  …',
      '  │ [Undo…]',
    ]);
  });

  it('takes a value that is now to be removed for the same value', () => {
    const undo = { blocks: [section('Undo'), section('Change of a\n−  cifs/b\n−  cifs/d')] };
    const lines = written((show) => {
      show('card', card, 'R-1');
      show('undo', undo, 'R-1');
    });
    expect(lines.slice(-4)).toEqual(['  │ Undo', '  │ Change of a', '  │ −  …', '  │ −  cifs/d']);
  });

  it('says nothing of a message with nothing new, and everything of one about something else', () => {
    const lines = written((show) => {
      show('card', card, 'R-1');
      show('again', card, 'R-1');
      show('other', card, 'R-2');
      show('any', card);
    });
    expect(lines.filter((line) => line.startsWith('\n'))).toEqual(['\ncard:', '\nother:', '\nany:']);
    expect(lines.filter((line) => line.includes('…')).every((line) => line.includes('Deny…'))).toBe(true);
  });
});
