import { previewAnswer } from '../../../src/bot/commands/answers';
import { overLimits } from '../../../src/bot/cards/limits';
import { isChange } from '../../../src/core/commands/ask';
import { parseCommand } from '../../../src/core/commands/parse';
import { everyMoveState } from '../support/move-states';
import { rendered } from '../support/rendered';
import { part, refusal } from '../support/usual-request';

describe('a plan that was only asked about', () => {
  it('shows power and change, and that nothing came of it', () => {
    const answer = previewAnswer({ verdicts: [], part });
    expect(overLimits(answer)).toEqual([]);
    expect(`\n${rendered(answer)}`).toBe(`
> hyper-v01 would be able to act as any user on hyper-v02. It would add cifs/hyper-v02, cifs/hyper-v02.mabofeng.com, Microsoft Virtual System Migration Service/hyper-v02, Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com. Only a plan: nothing was changed, and nobody was asked.
# hyper-v01 would be able to act as any user on hyper-v02
| 🔎 Only a plan: nothing was changed, and nobody was asked.
| Planned: msDS-AllowedToDelegateTo of hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com)
| +  cifs/hyper-v02
| +  cifs/hyper-v02.mabofeng.com
| +  Microsoft Virtual System Migration Service/hyper-v02
| +  Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com
| =  cifs/hyper-v03`);
  });

  it('says that it would change nothing', () => {
    const parsed = parseCommand('/delegate', 'hyper-v01 -> hyper-v02');
    const ask = parsed.ok && isChange(parsed.ask) ? parsed.ask : null;
    expect(previewAnswer({ verdicts: [], part: { ...part, changes: [] } }, ask).text).toBe(
      'hyper-v01 already has the right to act as any user on hyper-v02. Only a plan: nothing was changed, and nobody was asked.',
    );
  });

  it('says of a drain in which nothing moves as it is that somebody would have to choose', () => {
    const { plan } = everyMoveState['moves waiting for a choice'] ?? {};
    const answer = previewAnswer({ verdicts: [], part: { ...part, changes: [] }, moves: plan ?? null });
    expect(rendered(answer)).toContain('# Nothing would move as it is: a choice would be needed');
    expect(rendered(answer)).toContain('app-0   stays on hyper-v01   something in its drive');
  });

  it('shows every refusal with what to do', () => {
    const verdicts = [
      refusal('a', 'It is a domain controller.', 'Never.'),
      refusal('b', 'It is disabled.', 'Enable it.'),
    ];
    expect(rendered(previewAnswer({ verdicts, part: null })))
      .toBe(`> ⛔ This would be refused. Nothing was changed, and no request was made.
| ⛔ This would be refused. Nothing was changed, and no request was made.
| ⛔ It is a domain controller.
| To do: Never.
| ⛔ It is disabled.
| To do: Enable it.`);
  });
});
