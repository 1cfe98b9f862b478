import fc from 'fast-check';
import { volumeOf } from '../../../src/core/hyperv/volume';

const volumes = [{ path: 'D:\\' }, { path: 'D:\\Mounted\\' }, { path: 'E:\\' }];

describe('the volume of a path', () => {
  it.each([
    ['D:\\Hyper-V\\web.vhdx', 'D:\\'],
    ['d:/hyper-v', 'D:\\'],
    ['D:', 'D:\\'],
    ['D:\\Mounted', 'D:\\Mounted\\'],
    ['D:\\mounted\\web.vhdx', 'D:\\Mounted\\'],
    ['D:\\Mounted2\\web.vhdx', 'D:\\'],
    ['Q:\\web.vhdx', undefined],
    ['\\\\files01\\D:\\web.vhdx', undefined],
  ])('%s', (path, expected) => {
    expect(volumeOf(path, volumes)?.path).toBe(expected);
    expect(volumeOf(path, volumes.toReversed())?.path).toBe(expected);
  });

  it('is one that the path begins with, and no longer one does', () => {
    const part = fc.stringMatching(/^[a-z]{1,2}$/);
    const folder = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('\\'));
    fc.assert(
      fc.property(folder, fc.array(folder, { maxLength: 6 }), (path, names) => {
        const found = volumeOf(
          path,
          names.map((name) => ({ path: name })),
        );
        const holding = names.filter((name) => `${path}\\`.startsWith(`${name}\\`));
        expect(found?.path.length ?? 0).toBe(Math.max(0, ...holding.map(({ length }) => length)));
      }),
    );
  });
});
