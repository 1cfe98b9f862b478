import { oneAsker } from '../../src/bot/one-asker';

describe('asking once for many', () => {
  it('asks once while an answer is under way, and again afterwards', async () => {
    const asked: string[] = [];
    const ask = oneAsker((key) => {
      asked.push(key);
      return Promise.resolve(`${key} ${asked.length}`);
    });
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['a 1', 'a 1', 'b 2']);
    expect(await ask('a')).toBe('a 3');
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('lets everybody who waits hear of a failure, and asks again after it', async () => {
    let isDown = true;
    const ask = oneAsker((key) => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(key)));
    const answers = await Promise.allSettled([ask('a'), ask('a')]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect(await ask('a')).toBe('a');
  });
});
