import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

interface Markup {
  markup: string;
}
interface Render {
  safe(strings: readonly string[], ...values: unknown[]): Markup;
  mrkdwn(text: string, names: Record<string, string>): Markup[];
  blocks(list: object[], names: Record<string, string>): Markup[];
  message(item: object, names: Record<string, string>, inThread?: boolean): Markup;
}

const folder = join(__dirname, '../../../lab/slack/page');
const source = readFileSync(join(folder, 'render.js'), 'utf8').replaceAll(/^export /gm, '');
const render = runInNewContext(`${source}; ({ safe, mrkdwn, blocks, message })`) as Render;

const names = { U0REQUESTER: 'Requester', C0NOTICES: 'notices' };
const mrkdwn = (text: string): string => render.safe`${render.mrkdwn(text, names)}`.markup;
const block = (content: object): string => render.safe`${render.blocks([content], names)}`.markup;
const plain = (text: string): object => ({ type: 'plain_text', text });
const attack = `<img src=x onerror=alert(1)>"'`;

describe('the page', () => {
  it.each([
    ['bold, italic and struck text', '*bold* _italic_ ~gone~', '<b>bold</b> <i>italic</i> <s>gone</s>'],
    ['stars within words', '2*3*4', '2*3*4'],
    ['entities', 'a -&gt; b &amp;&amp; c', 'a -&#62; b &#38;&#38; c'],
    ['entities of entities once', '&amp;lt;b&amp;gt;', '&#38;lt;b&#38;gt;'],
    ['lines and quotes', 'one\n&gt; two', 'one<br><q>two</q>'],
    ['code as typed', '`*a* &lt;b&gt;`', '<code>*a* &#60;b&#62;</code>'],
    ['blocks of code', '```\n+ cifs/hyper-v02\n```', '<pre>+ cifs/hyper-v02</pre>'],
    ['a person', '<@U0REQUESTER>', '<span class="mention">@Requester</span>'],
    ['a channel', '<#C0NOTICES|old>', '<span class="mention">#notices</span>'],
    ['a loud mention', '<!channel>', '<span class="mention loud">@channel</span>'],
    ['an inert loud mention', '&lt;!channel&gt;', '&#60;!channel&#62;'],
    ['an unknown date', '<!date^x^{date}|soon>', '<time>soon</time>'],
    [
      'a link',
      '<https://x.example/?a=1&amp;b=2|Approve>',
      '<a href="https://x.example/?a=1&#38;b=2" rel="noreferrer" target="_blank">Approve</a>',
    ],
    ['a script as link', '<javascript:alert(1)|Approve>', '&#60;javascript:alert(1)|Approve&#62;'],
  ])('shows %s', (_what, text, markup) => {
    expect(mrkdwn(text)).toBe(markup);
  });

  it('shows nothing of a message as markup', () => {
    const option = { text: plain(attack), value: attack };
    const button = { type: 'button', text: plain(attack), action_id: attack, value: attack, style: attack };
    const shown = [
      mrkdwn(attack),
      mrkdwn(`*${attack}* \`${attack}\` \`\`\`${attack}\`\`\` <https://x|${attack}> <@${attack}>`),
      block({
        type: 'section',
        block_id: attack,
        text: plain(attack),
        fields: [plain(attack)],
        accessory: button,
      }),
      block({ type: 'header', text: plain(attack) }),
      block({ type: 'context', elements: [{ type: 'image', image_url: attack, alt_text: attack }] }),
      block({
        type: 'actions',
        elements: [button, { type: 'static_select', action_id: attack, options: [option] }],
      }),
      block({
        type: 'input',
        label: plain(attack),
        element: { type: 'plain_text_input', initial_value: attack },
      }),
      block({ type: attack }),
      render.message({ ts: attack, channel: attack, user: attack, text: attack }, names).markup,
      render.safe`${{ markup: attack }}`.markup,
    ];
    for (const markup of shown) {
      expect(markup).not.toMatch(/<img src=x|onerror=alert\(1\)>/);
      expect(markup).not.toContain(`"'`);
    }
  });

  it('puts a red box where it cannot show a block or an element', () => {
    expect(block({ type: 'marquee' })).toContain('class="unsupported"');
    expect(block({ type: 'actions', elements: [{ type: 'toggle' }] })).toContain('Not shown here: toggle');
  });

  it('marks what only one person sees', () => {
    const item = { ts: '1.000001', channel: 'C0NOTICES', user: 'U0REQUESTER', text: 'x' };
    const ephemeral = render.message({ ...item, is_ephemeral: true }, names).markup;
    expect(ephemeral).toContain('Only visible to you');
    expect(ephemeral).not.toContain('data-thread');
    const open = render.message({ ...item, reply_count: 2 }, names).markup;
    expect(open).toContain('Thread (2)');
    expect(open).not.toContain('Only visible to you');
  });

  it('makes no markup from strings but by the escaping tag, and runs no inline script', () => {
    const files = ['index.html', 'page.js', 'render.js'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    const [html = '', ...scripts] = files;
    expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style=/);
    for (const script of scripts)
      expect(script).not.toMatch(/insertAdjacentHTML|outerHTML|document\.write|eval\(/);
  });
});
