import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../lab/repository';
import { schemaText } from '../../src/cli/config';
import { checkSettings } from '../../src/cli/settings-file';
import { scratchDirectory } from '../support/scratch';

const example = join(repositoryRoot, 'deploy', 'config', 'handover.yaml.example');
const text = readFileSync(example, 'utf8');

async function check(
  ...edits: readonly [from: string, to: string][]
): Promise<ReturnType<typeof checkSettings>> {
  const file = join(await scratchDirectory(), 'handover.yaml');
  let edited = text;
  for (const [from, to] of edits) {
    if (!edited.includes(from)) throw new Error(`the example has no ${from}`);
    edited = edited.replace(from, to);
  }
  await writeFile(file, edited);
  const { isUsable, lines } = checkSettings(file);
  return { isUsable, lines: lines.map((line) => line.replaceAll(file, 'FILE')) };
}

describe('handover config check', () => {
  it('has nothing to say about the example', async () => {
    expect(await check()).toEqual({ isUsable: true, lines: ['✅ FILE: nothing is wrong with it.'] });
  });

  it('says every error with its line, its path and what to do', async () => {
    const { isUsable, lines } = await check(
      ['team: T012AB3CD', 'teem: T012AB3CD'],
      ['approvers: [U012AB3CD, U045EF6GH]', "approvers: ['@sam']"],
      ['quorum: 2', 'quorum: two'],
      ['findings: [U012AB3CD, U045EF6GH]', 'findings: [{ people: anyone, host: [x] }]'],
      ['delegation-add: act', 'delegation-add: maybe'],
      ['warnSeconds: 900', 'warnSeconds: 0'],
    );
    expect([isUsable, lines.at(-1)]).toEqual([false, 'Nothing was started or changed.']);
    const told = lines[0]?.split('\n  ').slice(1) ?? [];
    expect(told.map((line) => line.replace(/^line \d+: /, ''))).toEqual([
      'slack.team: this setting is missing. Add it: a text.',
      'slack.teem: there is no setting teem. Did you mean team?',
      'policy.delegation-add.approvers.0: a Slack user id such as U012AB3CD. Write a Slack user id such as U012AB3CD.',
      'policy.delegation-add.groups.production.quorum: Invalid input: expected number, received string. Write a number here.',
      'policy.read.findings.0.host: there is no setting host. Did you mean hosts?',
      'modes.delegation-add: Invalid option: expected one of "observe"|"advise"|"act". Write one of: observe, advise, act.',
      'times.warnSeconds: Too small: expected number to be >0. Write more than 0.',
    ]);
    const at = text.split('\n').findIndex((line) => line.includes('quorum: 2')) + 1;
    expect(lines[0]).toContain(`line ${at}: policy.delegation-add.groups.production.quorum`);
  });

  it('knows the groups that there are', async () => {
    const { isUsable, lines } = await check(['      production: {', '      prodution: {']);
    expect(isUsable).toBe(false);
    expect(lines.join()).toMatch(
      /policy\.delegation-add\.groups\.prodution: no host group is called prodution; policy\.hostGroups has: production\./,
    );
  });

  it('warns of rules that nobody can satisfy, and of what leads nowhere', async () => {
    const { isUsable, lines } = await check(
      ['[U012AB3CD, U045EF6GH, U078IJ9KL], quorum: 2', '[U012AB3CD, U045EF6GH], quorum: 2'],
      [
        '    requesters: anyone\n    approvers: [U012AB3CD, U045EF6GH]\n    quorum: 1\n  # “Use',
        '    requesters: []\n    approvers: []\n    quorum: 1\n  # “Use',
      ],
      ['  deny: []', '  deny: [U012AB3CD]'],
      ['production: ["hyper', 'night: ["n*"]\n    production: ["hyper'],
    );
    expect(isUsable).toBe(true);
    expect(lines[0]).toBe('✅ FILE: it can be used, but look at this.');
    expect(lines.slice(1).map((line) => line.replace(/^⚠ line \d+: /, ''))).toEqual([
      'policy.delegation-add.approvers: an approver who asks for this leaves fewer than 1 others, so nobody can have it approved then. Name one approver more.',
      'policy.delegation-add.groups.production.approvers: 2 distinct approvers are wanted and only 1 may approve, so nobody can have this approved. Name more approvers who are not denied, or lower the quorum.',
      'policy.delegation-remove.requesters: nobody may ask for this. Name requesters who are not denied, or write anyone.',
      'policy.delegation-remove.approvers: 1 distinct approvers are wanted and nobody may approve, so nobody can have this approved. Name more approvers who are not denied, or lower the quorum.',
      'policy.trust-mode.approvers: an approver who asks for this leaves fewer than 1 others, so nobody can have it approved then. Name one approver more.',
      'policy.host-setting.approvers: an approver who asks for this leaves fewer than 1 others, so nobody can have it approved then. Name one approver more.',
      'policy.live-move.approvers: an approver who asks for this leaves fewer than 1 others, so nobody can have it approved then. Name one approver more.',
      'policy.storage-move.approvers: an approver who asks for this leaves fewer than 1 others, so nobody can have it approved then. Name one approver more.',
      'policy.shutdown.approvers: an approver who asks for this leaves fewer than 1 others, so nobody can have it approved then. Name one approver more.',
      'policy.hostGroups.night: no rule and no read right names this group. Remove it, or give it a rule.',
    ]);
  });

  it('takes a Slack user group for moves, says that it approves nothing else, and warns of a directory group there', async () => {
    const [mine, other] = ['    # approverUserGroup: S012AB3CD', '    # breakGlass: [U045EF6GH]'];
    const moves = '    approvers: [U012AB3CD, U045EF6GH]\n    quorum: 1\n    # Of moves';
    const taken = await check(
      [mine, '    approverUserGroup: S012AB3CD\n    approverGroup: CN=Movers,DC=corp,DC=example,DC=com'],
      [moves, moves.replace('U012AB3CD, U045EF6GH', '')],
    );
    expect(taken.isUsable).toBe(true);
    expect(taken.lines.slice(1).filter((line) => line.includes('storage-move'))).toEqual([
      expect.stringMatching(
        /storage-move\.approverGroup: the Windows worker reads no directory, .*or a Slack user group \(approverUserGroup\)\.$/,
      ),
    ]);
    const refused = await check([other, '    approverUserGroup: S012AB3CD']);
    expect(refused.isUsable).toBe(false);
    expect(refused.lines[0]).toMatch(
      /policy\.delegation-add\.approverUserGroup: a Slack user group may approve live-move and storage-move only/,
    );
  });

  it('warns of a glass that nobody can break, and of one that need not be', async () => {
    const quorum = 'approvers: [U012AB3CD, U045EF6GH, U078IJ9KL], quorum: 2';
    const { isUsable, lines } = await check(
      [quorum, `${quorum}, breakGlass: [U045EF6GH, U099ZZZZZ]`],
      ['    # breakGlass: [U045EF6GH]', '    breakGlass: [U045EF6GH]'],
    );
    expect(isUsable).toBe(true);
    expect(lines.slice(1).map((line) => line.replace(/^⚠ line \d+: /, ''))).toEqual(
      expect.arrayContaining([
        'policy.delegation-add.breakGlass: one approval is enough for this, so there is no glass to break. Take breakGlass out, or raise the quorum.',
        'policy.delegation-add.groups.production.breakGlass: U099ZZZZZ may not approve by this rule, so neither break its glass. Name them among the approvers too, or take them out.',
      ]),
    );
  });

  it('says of a file that is no YAML, or not there, that it cannot be read', async () => {
    expect(await check(['slack:', 'slack: ['])).toMatchObject({ isUsable: false });
    expect(checkSettings('/nowhere/handover.yaml').lines[0]).toMatch(/cannot be read: .*ENOENT/);
  });
});

it('docs/handover.schema.json is what `handover config schema` prints', () => {
  const published = readFileSync(join(repositoryRoot, 'docs', 'handover.schema.json'), 'utf8');
  expect(published).toBe(schemaText());
});
