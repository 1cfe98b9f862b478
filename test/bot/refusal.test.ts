import { refusalText } from '../../src/bot/refusal';
import { approved, ended, inState, proved, step } from './support/usual-request';

const problem = (code: string, summary = 'It is so.', remedy = 'Do this.') => ({ code, summary, remedy });

describe('a refusal', () => {
  const codes = [
    'request.unknown',
    'request.decided',
    'request.ended',
    'request.busy',
    'request.not-allowed',
    'plan.changed',
    'decision.self',
    'decision.not-approver',
    'decision.no-approvers',
    'decision.late',
    'withdraw.not-requester',
    'person.denied',
    'frozen',
    'freeze.already',
    'freeze.none',
    'freeze.own',
    'pause.not-running',
    'resume.not-paused',
    'read.not-allowed',
    'person.foreign',
    'person.not-member',
    'place.none',
    'place.shared',
    'some.code-of-the-future',
  ];

  it.each(codes)('says for %s why, what stays as it is, and what to do', (code) => {
    expect(refusalText(problem(code))).toMatch(
      /^🚫 It is so\. (Nothing was|Your click changed nothing).*\. Do this\.$/,
    );
  });

  it('tells who was first', () => {
    expect(refusalText(problem('request.decided'), approved(inState('running')))).toBe(
      '🚫 R-1042: It is so. Approved by <@U0APPROVER>. Your click changed nothing. Do this.',
    );
  });

  it('tells what became of a request that is over', () => {
    const done = approved(inState('done', { steps: [step()], proof: proved, ending: ended }));
    expect(refusalText(problem('request.ended', 'R-1042 is over: done.', ''), done)).toBe(
      '🚫 R-1042: R-1042 is over: done. R-1042 is done and proved. Approved by <@U0APPROVER>. Your click changed nothing.',
    );
  });

  it('lets nothing in it mean something to Slack', () => {
    expect(refusalText(problem('plan.changed', '<!here> changed *it*.'))).toContain(
      '&lt;!here&gt; changed \u2060*\u2060it',
    );
  });
});
