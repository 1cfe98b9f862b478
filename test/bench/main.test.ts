import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../lab/processes';
import { repositoryRoot } from '../../lab/repository';

const main = join(repositoryRoot, 'dist', 'bench', 'main.js');

describe('npm run bench', () => {
  it('lists the benches when none is named, and takes no figures', async () => {
    const { code, stdout } = await runCommand(process.execPath, [main]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^npm run bench -- main-job .+\nnpm run bench -- ack .+\nnpm run bench -- mesh .+\nnpm run bench -- flood .+\nnpm run bench -- planner .+\nnpm run bench -- drain .+\nnpm run bench -- powershell .+\n$/,
    );
  });

  it('ends with 2 for a bench that there is not', async () => {
    const { code, stdout, stderr } = await runCommand(process.execPath, [main, 'bread']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'There is no bench bread; there are: main-job, ack, mesh, flood, planner, drain, powershell\n',
    );
    expect(existsSync(join(repositoryRoot, 'bench', 'results', 'bread.json'))).toBe(false);
  });
});
