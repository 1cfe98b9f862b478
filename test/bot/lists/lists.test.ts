import { answerDelegations, answerFindings } from '../../../src/bot/lists/answer';
import { delegationsMessage } from '../../../src/bot/lists/delegations';
import { findingsMessage } from '../../../src/bot/lists/findings';
import { eachOf } from '../../../src/bot/private-answer';
import type { Message } from '../../../src/bot/cards/message';
import { compareWithBaseline, type ComparedFindings } from '../../../src/core/findings/baseline';
import { findingsOf } from '../../../src/core/findings/find';
import { FINDING_CODES, type Finding } from '../../../src/core/findings/finding';
import { delegationsOf } from '../../../src/core/survey/delegations';
import type { Survey } from '../../../src/core/survey/survey';
import { hostViewOf, overviewOf } from '../../../src/core/survey/views';
import type { NewObject } from '../../../src/jobs/directory/memory-domain';
import {
  baseDn,
  context,
  fqdnOf,
  newHost,
  NOW,
  surveyOf,
  surveyPractice,
  valuesFor,
} from '../../core/survey/surveyed-domain';
import { expectSlackTakes } from '../../support/blocks';
import { requester } from '../../support/request-record';
import { rendered } from '../support/rendered';

const server = 'dc1 (simulated)';

function compared(findings: readonly Finding[], known: readonly string[] = []): ComparedFindings {
  const baseline = { at: NOW - 86_400_000, isFirst: known.length === 0 };
  const keys = known.length === 0 ? findings.flatMap((each) => each.keys) : known;
  return { server, at: NOW, unread: [], findings: compareWithBaseline(keys, findings), baseline };
}

const overview = (survey: Survey, withRaw = false): Message =>
  delegationsMessage({
    kind: 'overview',
    overview: overviewOf(delegationsOf(survey, context), { withRaw }),
    checks: null,
  });

const hostMessage = (survey: Survey, text: string, raw = false): Message => {
  const view = hostViewOf(delegationsOf(survey, context), survey, { kind: 'short', text });
  if (!view) throw new Error(`nothing is about ${text}`);
  return delegationsMessage({ kind: 'host', view, raw, checks: null, proofs: [] });
};

/** The lines of code blocks. */
const codeLines = (message: Message): string[] =>
  message.blocks
    .flatMap((block) => (block.type === 'section' && block.text ? [block.text.text] : []))
    .flatMap((text) => (/^```\n([\s\S]*)\n```$/.exec(text)?.[1] ?? '').split('\n'))
    .filter((line) => line !== '');

describe('the findings', () => {
  it('are one private message: the worst first, each with its risk, what to do and the exact step', async () => {
    const findings = findingsOf(await surveyPractice(), context);
    const known = findings.slice(0, 3).flatMap((each) => each.keys);
    const message = findingsMessage(compared(findings, known));
    expectSlackTakes(message, 'message');
    expect(rendered(message).split('\n')).toEqual([
      '> 4 findings, 1 new. 🛑 Trusted for any service: hyper-v-any. 🛑 Delegation to nobody: hyper-v04 → ghost99. ⚠ A name held by another: hyper-v05 → oldbox.',
      '# 4 findings, 1 new',
      '| 🛑 Trusted for any service: hyper-v-any',
      '| hyper-v-any is trusted for delegation to any service: it keeps the ticket of everybody who signs in to it and may act as them anywhere.',
      '| To do: Trust it for specified services only; Handover refuses it as a source until then.',
      'By hand, as a domain administrator:',
      '```',
      "Set-ADAccountControl -Identity 'hyper-v-any$' -TrustedForDelegation $false -TrustedToAuthForDelegation $true",
      '```',
      '| 🛑 Delegation to nobody: hyper-v04 → ghost99',
      '| Nobody owns cifs/ghost99: whoever registers that name is a host on which hyper-v04 may act as any user.',
      '| To do: Remove the delegation from hyper-v04; a host that is to come back is delegated to anew.',
      'Ask for it here:',
      '```',
      '/undelegate hyper-v04 -&gt; ghost99 all',
      '```',
      '[Ask for it]',
      '| ⚠ A name held by another: hyper-v05 → oldbox',
      '| cifs/hyper-v05 belongs to oldbox: who may delegate to hyper-v05 by that name reaches oldbox instead.',
      '| To do: If it is a leftover on oldbox, take it off there.',
      'By hand, as a domain administrator:',
      '```',
      'setspn -D "cifs/hyper-v05" oldbox',
      '```',
      '| ℹ Not written by Handover: hyper-v04 · NEW',
      '| No request of Handover wrote these values of hyper-v04, so nobody approved them here: cifs/ghost99.',
      '| To do: Look at them once; what nobody needs should be removed.',
      'Look at it:',
      '```',
      '/hv delegations hyper-v04 --raw',
      '```',
      '[Look at it]',
      'Read from dc1 (simulated). Nothing was changed. · <!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC> · New is what was not there <!date^1799913600^{date_short_pretty} {time}|2027-01-14 08:00 UTC>.',
    ]);
  });

  it('say at the first run that it is the baseline', async () => {
    const message = findingsMessage(compared(findingsOf(await surveyPractice(), context)));
    expect(rendered(message)).toContain('This is the first run: it is the baseline');
    expect(rendered(message)).not.toContain('NEW');
  });

  it('say when there are none, and about what nothing could be said', () => {
    const message = findingsMessage({ ...compared([]), unread: ['CN=<!channel>,DC=x'] });
    expectSlackTakes(message, 'message');
    expect(rendered(message)).toContain('# No findings\n| Nothing about delegation is out of order.');
    expect(rendered(message)).toContain('| ⚠ 1 object could not be read whole');
  });

  it('that do not fit are counted by kind', () => {
    const many = FINDING_CODES.flatMap((code) => [finding(code, 'x'), finding(code, 'y')]);
    const message = findingsMessage(compared(many));
    expectSlackTakes(message, 'message');
    expect(rendered(message)).toContain('| … and 18 more');
    expect(rendered(message)).toContain('| 2 × ⚠ A name held by another');
  });

  it.each([
    '<!channel>',
    '*bold* `x` <@U0EVIL>',
    '&'.repeat(5_000),
    '\u202E'.repeat(900),
    '😀'.repeat(2_000),
  ])('fit and mean nothing whatever the directory holds: %#', (evil) => {
    const many = FINDING_CODES.map((code) => finding(code, evil));
    const message = findingsMessage({ ...compared(many), server: evil, unread: [evil, evil] });
    expectSlackTakes(message, 'message');
    const markup = message.blocks.flatMap((block) =>
      'text' in block && typeof block.text === 'object' && block.text.type === 'mrkdwn'
        ? [block.text.text]
        : [],
    );
    expect([message.text, ...markup].join('\n')).not.toMatch(/<[!@](?!date\^)/);
  });
});

function finding(code: Finding['code'], name: string): Finding {
  const hosts = [name, name];
  const fix = { kind: 'by-hand' as const, text: name };
  return { code, keys: [`${code}${name}`], hosts, values: [name], risk: `${name}.`, remedy: `${name}.`, fix };
}

describe('the delegations', () => {
  const pair = (): Promise<Survey> =>
    surveyOf(
      newHost('hyper-v01', { allowedToDelegateTo: [...valuesFor('hyper-v02'), 'cifs/ghost99'] }),
      newHost('hyper-v02', { allowedToDelegateTo: valuesFor('hyper-v01', 'short') }),
      newHost('hyper-v03', { allowedToDelegateTo: ['cifs/hyper-v01', `cifs/${fqdnOf('hyper-v01')}`] }),
    );

  it('of the domain are figures and a matrix that a phone can show', async () => {
    const message = overview(await pair());
    expectSlackTakes(message, 'message');
    expect(rendered(message).split('\n')).toEqual([
      '> 3 hosts delegate 9 values, read from dc1 (simulated) <!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC>.',
      '# 3 hosts delegate 9 values',
      '```',
      'host           trust    values else lost',
      'hyper-v01      any           5    5    1',
      'hyper-v02      any           2    2    -',
      'hyper-v03      any           2    2    -',
      '```',
      '| else: values that Handover did not write · lost: values that nobody owns',
      '```',
      '                   123',
      ' 1 hyper-v01       \\#.',
      ' 2 hyper-v02       !\\.',
      ' 3 hyper-v03       c.\\',
      '```',
      '| Row: from. Column: to. # both services by both names · c only cifs · m only migration · ! a name is missing · . nothing',
      'Read from dc1 (simulated). Nothing was changed. · <!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC>',
    ]);
  });

  it('of a host are the lines of its Delegation tab, and who may delegate to it', async () => {
    const message = hostMessage(await pair(), 'hyper-v01', true);
    expectSlackTakes(message, 'message');
    expect(rendered(message).split('\n')).toEqual([
      '> hyper-v01 may act as any user on 1 host, read from dc1 (simulated) <!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC>.',
      '# hyper-v01 may act as any user on 1 host',
      '| Trust: specified services only, any authentication protocol',
      '```',
      'to ghost99  nobody owns it',
      ' cifs             short      not ours',
      'to hyper-v02',
      ' cifs             both names not ours',
      ' migration        both names not ours',
      'from hyper-v02',
      ' cifs             short      not ours',
      ' migration        short      not ours',
      'from hyper-v03',
      ' cifs             both names not ours',
      '```',
      '| msDS-AllowedToDelegateTo:',
      '| cifs/ghost99',
      '| cifs/hyper-v02',
      '| cifs/hyper-v02.mabofeng.com',
      '| Microsoft Virtual System Migration Service/hyper-v02',
      '| Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com',
      'Read from dc1 (simulated). Nothing was changed. · <!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC>',
    ]);
  });

  it('of a host that is gone say so', async () => {
    const message = hostMessage(await pair(), 'ghost99');
    expect(rendered(message)).toContain('# ghost99 does not exist, but is delegated to');
    expect(codeLines(message)).toEqual(['from hyper-v01', ' cifs             short      not ours']);
  });

  it('say which domain controllers have another list, and what the KDC says', async () => {
    const survey = await pair();
    const view = hostViewOf(delegationsOf(survey, context), survey, { kind: 'short', text: 'hyper-v01' });
    if (!view) throw new Error('nothing is about hyper-v01');
    const checks = [{ source: 'hyper-v01', servers: 3, agreeing: 1, differing: ['dc2'], silent: ['dc3'] }];
    const proofs = [{ destination: 'hyper-v02', result: 'refused' as const }];
    const message = delegationsMessage({ kind: 'host', view, raw: false, checks, proofs });
    expectSlackTakes(message, 'message');
    expect(rendered(message)).toContain(
      '| Verified: 0 of 1 list the same on all of 3 domain controllers.\n' +
        '| hyper-v01: on 1 of 3; another list on dc2; no answer from dc3\n' +
        '| ❌ the KDC refuses cifs of hyper-v02 to hyper-v01',
    );
  });

  it('of 64 hosts in a full mesh fit into one message, and name the pairs that are not whole', async () => {
    const names = Array.from({ length: 64 }, (_, at) => `hyper-v${at + 1}`);
    const hosts = names.map((name) => {
      const others = names.filter((other) => other !== name).flatMap((other) => valuesFor(other));
      return newHost(name, { allowedToDelegateTo: name === 'hyper-v7' ? others.slice(1) : others });
    });
    const survey = await surveyOf(...hosts);
    const message = overview(survey, true);
    expectSlackTakes(message, 'message');
    const lines = codeLines(message);
    expect(lines.filter((line) => line.startsWith('hyper-v'))).toHaveLength(64);
    expect(lines.slice(-2)).toEqual(['4031 of 4032 pairs whole', '! hyper-v7        → hyper-v1']);
    expectSlackTakes(hostMessage(survey, 'hyper-v1', true), 'message');
  });

  it.each([
    '<!channel>',
    '```*x*',
    '&&&&&&&&&&&&&&&&&&&',
    '\u202Egnp',
    'e\u0301\n\n',
    '界界界界界界界界界界界界',
  ])('fit and mean nothing whatever a host is called: %j', async (evil) => {
    const objects = Array.from({ length: 90 }, (_, at): NewObject => ({
      ...newHost('x', { allowedToDelegateTo: [`${evil}/${evil}`, `cifs/h${at}.${evil}`] }),
      dn: `CN=h${at},OU=Hyper-V,${baseDn}`,
      samAccountName: `${evil}${at}$`,
    }));
    const survey = await surveyOf(...objects);
    const view = delegationsOf(survey, context).sources[0];
    if (!view) throw new Error('nothing was read');
    const incoming = [{ source: evil, rows: view.rows }];
    const host = { server: evil, at: NOW, name: evil, host: view, incoming };
    const messages = [
      overview(survey, true),
      delegationsMessage({ kind: 'host', view: host, raw: true, checks: [], proofs: [] }),
      delegationsMessage({ kind: 'unknown-host', name: evil.repeat(50), nearest: evil }),
    ];
    for (const message of messages) {
      expectSlackTakes(message, 'message');
      const widths = codeLines(message).map((line) => Array.from(line).length);
      expect(widths.filter((width) => width > 40)).toEqual([]);
      expect(JSON.stringify(message)).not.toMatch(/"type":"mrkdwn","text":"[^"]*<[!@](?!date\^)/);
    }
  });
});

describe('asking for a list', () => {
  const question = { host: null, verify: false, raw: false };
  const problem = { code: 'request.not-allowed', summary: 'You may not.', remedy: 'Ask somebody who may.' };
  const refusing = {
    delegations: () => Promise.resolve({ kind: 'refused' as const, problem }),
    findings: () => Promise.resolve({ kind: 'refused' as const, problem }),
  };

  it('answers at once that the directory is read, and then with the list', async () => {
    const answer = { ...compared([]), server: 'dc1' };
    const client = { ...refusing, findings: () => Promise.resolve({ kind: 'listed' as const, answer }) };
    const { now, later } = answerFindings({ client, by: requester });
    expect(now.text).toContain('Nothing is changed');
    expect(eachOf(await later())[0]?.text).toContain('No findings');
  });

  it('tells who may not ask for delegations that nothing was done', async () => {
    const parts = { client: refusing, by: requester };
    for (const { later } of [answerDelegations(question, parts), answerFindings(parts)]) {
      expect(eachOf(await later())[0]?.text).toMatch(/^🚫 You may not\..*Ask somebody who may\.$/);
    }
  });
});
