import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../../../lab/repository';
import { openShell, type Shell } from '../../../../src/jobs/hyperv/powershell/shell';
import { systemClock } from '../../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../../src/jobs/ports/system-random';
import { testEngine } from '../../../support/powershell';

const script = join(repositoryRoot, 'src/jobs/hyperv/powershell/Handover.psm1');

let shell: Shell | null;
beforeAll(async () => {
  const module = join(__dirname, 'syntax-tree.psm1');
  shell = await openShell({ executable: testEngine(), module, clock: systemClock, random: systemRandom });
});
afterAll(() => shell?.kill());

async function findingsIn(text: string): Promise<readonly string[]> {
  const answer = await shell?.call({ call: 'findings', arguments: { text } }, 30_000);
  if (answer?.kind !== 'data' || !Array.isArray(answer.data)) throw new Error(JSON.stringify(answer));
  return answer.data as string[];
}

describe('what is run at the worker', () => {
  it('builds no code from data: the one name that is looked up is looked up in a constant table', async () => {
    const text = readFileSync(script, 'utf8');
    const [only, ...more] = await findingsIn(text);
    expect(more).toEqual([]);
    const line = text.split('\n')[Number(only?.split(':')[0]) - 1];
    expect(only).toMatch(/runs what an expression names$/);
    expect(line).toContain('(& $function @given)');
    expect(text).toContain('$function = $script:Calls[[string] $asked.call]');
    // Nothing else is ever put into either of them.
    expect(text.match(/\$function\s*=/g)).toHaveLength(1);
    expect(text.match(/\$script:Calls\b[^.[]*=/g)).toHaveLength(1);
    expect(text).not.toMatch(/\$script:Calls\[[^\]]*\]+\s*=|\$script:Calls\.(?:Add|set_Item|Remove)/);
  });
});

describe('a script that builds code from data is found out', () => {
  it.each([
    ['Invoke-Expression $text', '1: calls Invoke-Expression'],
    ['iex "Get-VM $name"', '1: calls iex'],
    ['$x = 1\n& $name', '2: runs what an expression names'],
    ['. "$PSScriptRoot/$name.ps1"', '1: runs what an expression names'],
    ['& (Get-Command $name)', '1: runs what an expression names'],
    ['[scriptblock]::Create($text)', '1: calls .Create()'],
    ['$ExecutionContext.InvokeCommand.InvokeScript($text)', '1: calls .InvokeScript()'],
    ['$ExecutionContext.InvokeCommand', '1: uses $ExecutionContext'],
    ['$vm.$name()', '1: calls a method that an expression names'],
    ['$vm."$name"', '1: reads a member that an expression names'],
    ['[scriptblock] $text', '1: makes a block or a type of a value'],
    ['$text -as [scriptblock]', '1: makes a type of a value'],
    ['Invoke-Command -ComputerName $name -FilePath $path', '1: gives Invoke-Command FilePath'],
    ['Invoke-Command -ComputerName $name -ScriptBlock $block', '1: sends away what is no literal block'],
    [
      'Invoke-Command -ComputerName a -ScriptBlock { klist $using:b }',
      '1: takes a value into a block that is run elsewhere',
    ],
    ['$all | ForEach-Object $name', '1: gives no literal block to each'],
    ['Add-Type -TypeDefinition $text', '1: calls Add-Type'],
    ['powershell.exe -EncodedCommand $text', '1: calls powershell.exe'],
    ['New-Object $name', '1: calls New-Object'],
    ['if (', expect.stringMatching(/^1: /)],
  ])('%s', async (text, finding) => {
    expect(await findingsIn(text)).toContainEqual(finding);
  });
});
