import { compile } from './steps/compile.mjs';
import { ROOT } from './steps/prepare.mjs';
import { enter } from './steps/problem.mjs';

await enter(async () => {
  await compile(ROOT);
  return 0;
});
