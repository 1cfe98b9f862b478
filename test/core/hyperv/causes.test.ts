import { causeOf, codesIn } from '../../../src/core/hyperv/causes';

describe('the cause of a failed move', () => {
  it('is found by its code, however it is spelled', () => {
    expect(causeOf('0x8009030e')).toBe(causeOf('0x8009030E'));
    expect(causeOf('0x8009030E')?.isDelegation).toBe(true);
    expect(causeOf('0x80070569')?.isDelegation).toBe(false);
    expect(causeOf('20306')).toBeNull();
  });

  it('is told by the inner code of a pasted event, not by the event that says that it failed', () => {
    const text =
      "Live migration of 'Virtual Machine web-01' failed. (21502) Virtual machine migration operation failed at migration source: 21501. " +
      "Failed to establish a connection with host 'hyper-v02': No credentials are available in the security package (0x8009030E).";
    expect(codesIn(text)).toEqual(['0x8009030E', '21501']);
  });

  it('is none in a text without a known code', () => {
    expect(codesIn('It took 12 minutes and 21502 was the event.')).toEqual([]);
  });
});
