import fc from 'fast-check';
import { folded, paged } from '../../../src/bot/cards/message';
import { inert, labelText, visible } from '../../../src/bot/cards/text';

describe('text that is longer than a section', () => {
  it('is broken at the ends of lines where that will do', () => {
    const line = 'x'.repeat(900);
    expect(folded(`${line}\n${line}\n${line}`)).toEqual([`${line}\n${line}`, line]);
    expect(folded('')).toEqual([]);
    expect(paged(['a', 'b'])).toEqual(['a\nb']);
  });

  it('is broken at spaces where a line is too long, and loses nothing', () => {
    const names = Array.from({ length: 900 }, (_, index) => `host-${index},`);
    const texts = folded(names.join(' '));
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.join(' ').split(' ')).toEqual(names);
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(2_000);
  });

  it('leaves no half of a sign, whatever the text', () => {
    const unit = fc.constantFrom('😀', 'a', ' ', '\n', 'é');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 2_500, maxLength: 7_000 }), (text) => {
        const texts = folded(text);
        for (const each of texts) {
          expect(each.length).toBeLessThanOrEqual(2_000);
          expect(Buffer.from(each, 'utf8').toString('utf8')).toBe(each);
        }
        expect(texts.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
      { numRuns: 60 },
    );
  });
});

describe('foreign text', () => {
  it('stays in its line', () => {
    expect(visible('a\nb\u202Ec\u0000')).toBe(String.raw`a\u000ab\u202ec\u0000`);
    expect(visible('Büro 😀')).toBe('Büro 😀');
  });

  it('is a label only if it looks like one', () => {
    expect(labelText('R-1042')).toBe('R-1042');
    expect(labelText('*R-1*')).toBe(inert('*R-1*'));
    expect(labelText('R-1'.repeat(100)).length).toBeLessThanOrEqual(40);
  });
});
