import { assignIds } from '../../../../lab/slack/block-ids';
import type { Fields } from '../../../../lab/slack/fields';
import { ofType } from './sample';

const someId = expect.stringMatching(/^\S{5}$/) as string;
const button = ofType('elements', 'button');

describe('the ids that Slack gives', () => {
  it('reach what stands in a container', () => {
    const child = { type: 'actions', elements: [button] };
    const container = { type: 'container', child_blocks: [child, { type: 'divider', block_id: 'mine' }] };
    expect(assignIds([container])).toMatchObject([
      {
        block_id: someId,
        child_blocks: [{ block_id: someId, elements: [{ action_id: someId }] }, { block_id: 'mine' }],
      },
    ]);
  });

  it('are only for elements with which a person does something', () => {
    const context = {
      type: 'context',
      elements: [ofType('elements', 'image'), ofType('elements', 'mrkdwn')],
    };
    const text = ofType('blocks', 'rich_text');
    const [inContext, inText] = assignIds([context, text]);
    expect(inContext).toEqual({ ...context, block_id: someId });
    expect(inText).toEqual({ ...text, block_id: someId });
  });

  it('replace the block_id of a markdown block, which Slack does not keep', () => {
    const given: Fields[] = [{ type: 'markdown', text: 'x', block_id: 'not-kept' }];
    expect(assignIds(given)).toEqual([{ type: 'markdown', text: 'x', block_id: someId }]);
    expect(given[0]).toHaveProperty('block_id', 'not-kept');
  });
});
