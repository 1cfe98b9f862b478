import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownTypes } from '../../../lab/slack/blocks/table';

interface Markup {
  markup: string;
}
interface Page {
  safe(strings: readonly string[], ...values: unknown[]): Markup;
  mrkdwn(text: string, names: Record<string, string>): Markup[];
  kinds: object;
  elements: object;
  blocks(list: object[], names: Record<string, string>): Markup[];
  message(item: object, names: Record<string, string>, how?: { inThread?: boolean }): Markup;
  messageList(
    items: object[],
    names: Record<string, string>,
    how?: { readUpTo?: string; user?: string },
  ): Markup[];
  hintsFor(text: string, hints: { command: string; usage: string }[]): { command: string; usage: string }[];
}

const folder = join(__dirname, '../../../lab/slack/page');
const modules = ['html', 'mrkdwn', 'elements', 'blocks', 'message', 'composer'] as const;
const page: Page = Object.assign(
  {},
  ...modules.map((name) => jest.requireActual<object>(join(folder, `${name}.mjs`))),
);

/** A piece of rich text of this type, within a section unless it is one of the block's own parts. */
function richTextOf(type: string): object {
  if (type === 'rich_text_list')
    return { type, style: 'bullet', elements: [richTextOf('rich_text_section')] };
  if (type.startsWith('rich_text_')) return { type, elements: [{ type: 'text', text: 'x' }] };
  const fields = {
    user_id: 'U1',
    channel_id: 'C1',
    usergroup_id: 'S1',
    range: 'here',
    name: 'x',
    value: '#fff',
  };
  const leaf = { type, text: 'x', url: 'https://x.example', timestamp: 1, format: '{date}', ...fields };
  return { type: 'rich_text_section', elements: [leaf] };
}

const names = { U0REQUESTER: 'Requester', C0NOTICES: 'notices' };
const mrkdwn = (text: string): string => page.safe`${page.mrkdwn(text, names)}`.markup;
const block = (content: object): string => page.safe`${page.blocks([content], names)}`.markup;
const plain = (text: string): object => ({ type: 'plain_text', text });
const attack = `<img src=x onerror=alert(1)>"'`;

describe('the page', () => {
  it.each([
    ['bold, italic and struck text', '*bold* _italic_ ~gone~', '<b>bold</b> <i>italic</i> <s>gone</s>'],
    ['stars within words', '2*3*4', '2*3*4'],
    ['entities', 'a -&gt; b &amp;&amp; c', 'a -&#62; b &#38;&#38; c'],
    ['entities of entities once', '&amp;lt;b&amp;gt;', '&#38;lt;b&#38;gt;'],
    ['lines and quotes', 'one\n&gt; two', 'one<q>two</q>'],
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
      page.message({ ts: attack, channel: attack, user: attack, text: attack }, names).markup,
      page.safe`${{ markup: attack }}`.markup,
    ];
    for (const markup of shown) {
      expect(markup).not.toMatch(/<img src=x|onerror=alert\(1\)>/);
      expect(markup).not.toContain(`"'`);
    }
  });

  it('shows a block of markdown, and what it does not know as written', () => {
    const text =
      '# Head\n\n**bold** and *soft* `a*b` [here](https://x.example) [no](javascript:x)\n- one\n```\nraw *x*\n```';
    expect(block({ type: 'markdown', text })).toContain(
      '<h3>Head</h3><p><b>bold</b> and <i>soft</i> <code>a*b</code> ' +
        '<a href="https://x.example" rel="noreferrer" target="_blank">here</a> [no](javascript:x)</p>' +
        '<ul><li>one</li></ul><pre>raw *x*</pre>',
    );
  });

  it.each(shownTypes.blocks.filter((type) => type !== 'input'))(
    'knows how to show a block of type %s',
    (type) => {
      expect(page.kinds).toHaveProperty(type);
    },
  );
  it.each(shownTypes.elements)('knows how to show an element of type %s', (type) => {
    expect(page.elements).toHaveProperty(type);
  });
  it.each(shownTypes.richText.filter((type) => type !== 'rich_text'))(
    'knows rich text of type %s',
    (type) => {
      const shown = block({ type: 'rich_text', elements: [richTextOf(type)] });
      expect(shown).not.toContain('unsupported');
    },
  );

  it('puts a red box where it cannot show a block or an element', () => {
    expect(block({ type: 'marquee' })).toContain('class="unsupported"');
    expect(block({ type: 'constructor' })).toContain('class="unsupported"');
    expect(block({ type: 'actions', elements: [{ type: 'toggle' }] })).toContain('Not shown here: toggle');
  });

  it('marks what only one person sees, and counts replies', () => {
    const item = { ts: '1.000001', channel: 'C0NOTICES', user: 'U0REQUESTER', text: 'x' };
    const ephemeral = page.message({ ...item, is_ephemeral: true }, names).markup;
    expect(ephemeral).toContain('Only visible to you');
    expect(ephemeral).not.toContain('data-thread');
    const open = page.message({ ...item, reply_count: 2, latest_reply: '2.000001' }, names).markup;
    expect(open).toContain('2 replies');
    expect(open).not.toContain('Only visible to you');
    expect(page.message({ ...item, reply_count: 1, latest_reply: '2.0' }, names).markup).toContain('1 reply');
    expect(page.message(item, names, { inThread: true }).markup).not.toContain('data-thread');
  });

  it('puts one sender’s messages together, and a line before what is new', () => {
    const at = (seconds: number, user = 'U0REQUESTER') => ({
      ts: `${1_700_000_000 + seconds}.000001`,
      channel: 'C0NOTICES',
      user,
      text: `said at ${seconds}`,
    });
    const items = [at(0), at(60), at(600), at(620, 'U0OTHER')];
    const list = page.messageList(items, names, { readUpTo: items[1]?.ts ?? '', user: 'U0REQUESTER' });
    const heads = list.map(({ markup }) => markup.includes('class="sender"'));
    expect(heads).toEqual([true, false, true, true]);
    expect(list.map(({ markup }) => markup.includes('new-line'))).toEqual([false, false, false, true]);
  });

  it('suggests commands by what is typed', () => {
    const hints = [
      { command: '/delegate', usage: 'SOURCE -> DESTINATION' },
      { command: '/hv', usage: 'show REQUEST' },
      { command: '/hv', usage: 'help [VERB]' },
    ];
    const fits = (text: string) => page.hintsFor(text, hints).map(({ usage }) => usage);
    expect(fits('/')).toHaveLength(3);
    expect(fits('/del')).toEqual(['SOURCE -> DESTINATION']);
    expect(fits('/delegate hyper-v01')).toEqual(['SOURCE -> DESTINATION']);
    expect(fits('/hv')).toEqual(['show REQUEST', 'help [VERB]']);
    expect(fits('/hv  sh')).toEqual(['show REQUEST']);
    expect(fits('/hv show R-1')).toEqual(['show REQUEST']);
    expect(fits('/delegates')).toEqual([]);
    expect(fits('say /hv')).toEqual([]);
  });

  it('makes no markup from strings but by the escaping tag, and runs no inline script', () => {
    const files = readdirSync(folder).map((name) => ({
      name,
      text: readFileSync(join(folder, name), 'utf8'),
    }));
    const html = files.find(({ name }) => name === 'index.html');
    expect(html?.text).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style=/);
    const scripts = files.filter(({ name }) => name.endsWith('.mjs'));
    expect(scripts.length).toBeGreaterThan(5);
    for (const { text } of scripts) {
      expect(text).not.toMatch(/insertAdjacentHTML|outerHTML|document\.write|eval\(/);
      // Whatever becomes markup comes out of the escaping tag.
      expect(text.match(/innerHTML = (?!safe`)(?!modalForm\()/g)).toBeNull();
    }
  });
});
