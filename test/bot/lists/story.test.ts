import { storyMessage } from '../../../src/bot/lists/story';
import type { Story } from '../../../src/jobs/client';
import { expectSlackTakes } from '../../support/blocks';
import { rendered } from '../support/rendered';

const story = (change: Partial<Story> = {}): Story => ({
  label: 'R-1042',
  lines: ['R-1042 · done', '   1  intake', '   2  plan `x` <!channel>'],
  records: 2,
  brokenAt: null,
  sealed: null,
  ...change,
});

describe('the story of a request', () => {
  it('is told whole, with what its chain is worth, and nothing in it does anything', () => {
    const message = storyMessage(story({ sealed: { seq: 2, seal: 7 } }));
    expectSlackTakes(message, 'message');
    const text = rendered(message);
    expect(text).toContain('2 records, each follows from the one before; sealed up to record 2 by seal 7.');
    expect(text).toContain('2  plan ˋxˋ');
    expect(JSON.stringify(message)).not.toContain('<!channel>');
  });

  it('says loudly that a record does not follow', () => {
    const message = storyMessage(story({ brokenAt: 1 }));
    expect(message.text).toContain('Record 2 does NOT follow from the one before it');
    expect(message.text).toContain('handover audit verify');
  });

  it('of a large request is shown as far as there is room, and says what is left out', () => {
    const lines = Array.from({ length: 2_000 }, (_, at) => `${at} ${'&'.repeat(40)}`);
    const message = storyMessage(story({ lines, records: 2_000 }));
    expectSlackTakes(message, 'message');
    const shown = rendered(message).match(/^\d+ &/gm)?.length ?? 0;
    const left = Number(/(\d[\d,]*) lines left out/.exec(rendered(message))?.[1]?.replace(',', ''));
    expect(left).toBeGreaterThan(0);
    expect(shown + left).toBe(2_000);
  });
});
