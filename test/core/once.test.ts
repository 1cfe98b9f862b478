import { once } from '../../src/core/once';
import { remembered } from '../../src/core/remembered';

describe('what is asked once', () => {
  it('is asked once for each object, also when the answer is nothing', () => {
    const asked: object[] = [];
    const ask = once((key: object) => void asked.push(key));
    const [one, other] = [{}, {}];
    for (const key of [one, other, one, other]) expect(ask(key)).toBeUndefined();
    expect(asked).toEqual([one, other]);
    expect(asked[1]).toBe(other);
  });
});

describe('what is remembered', () => {
  it('are the last answers, so many', () => {
    const asked: string[] = [];
    const ask = remembered((text) => {
      asked.push(text);
      return text.toUpperCase();
    }, 2);
    expect(['a', 'b', 'a', 'b', 'c', 'b', 'a'].map(ask)).toEqual(['A', 'B', 'A', 'B', 'C', 'B', 'A']);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
