import { hostOf, practiceDomain, type Domain } from './practice-domain';

/** So many ordinary hosts `rack-01`, `rack-02` and so on, alike but for their names, and nothing else. */
export function rackOf(count: number): Domain {
  const text = JSON.stringify(hostOf(practiceDomain(), 'hyper-v03'));
  return Array.from({ length: count }, (_, index) => {
    const name = `rack-${String(index + 1).padStart(2, '0')}`;
    const copy = JSON.parse(text.replaceAll('hyper-v03', name)) as Domain[number];
    return { ...copy, guid: `c0000000-0000-4000-8000-${String(index).padStart(12, '0')}` };
  });
}
