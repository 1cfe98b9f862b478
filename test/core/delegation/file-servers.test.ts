import { fileServer } from '../../../lab/directory/accounts';
import { containers } from '../../../lab/directory/names';
import { planChange } from '../../../src/core/delegation/plan-change';
import { powersOf } from '../../../src/core/delegation/powers';
import { inputFor, partOf, refusals } from './many-hosts';
import { practiceDomain, withHost } from './practice-domain';

const domain = practiceDomain();
const { fileServers, hyperV } = containers;

/** The file servers lie outside of the search bases, and are known as such. */
function input(command: string, fileServerBases: readonly string[] = [fileServers], from = domain) {
  return { ...inputFor(from, command), searchBases: [hyperV], fileServerBases };
}

const warnings = (command: string) =>
  planChange(input(command)).verdicts.filter(({ verdict }) => verdict === 'warn');

describe('a file server', () => {
  it('may be the destination of cifs, without a word about the way back', () => {
    const command = `delegate hyper-v0[1-2] -> ${fileServer} cifs`;
    expect(powersOf(partOf(input(command)))).toEqual([
      { source: 'hyper-v01', destination: fileServer },
      { source: 'hyper-v02', destination: fileServer },
    ]);
    expect(warnings(command)).toEqual([]);
    const { verdicts } = planChange(input(command));
    expect(verdicts).toContainEqual({
      check: 'destination.in-bases',
      verdict: 'ok',
      sentence: `${fileServer} is one of the file servers below ${fileServers}.`,
      remedy: '',
    });
  });

  it('takes no machines', () => {
    for (const services of ['migration', 'cifs,migration']) {
      const { verdicts } = planChange(input(`delegate hyper-v01 -> ${fileServer} ${services}`));
      expect(verdicts).toContainEqual({
        check: 'destination.in-bases',
        verdict: 'refuse',
        sentence: `${fileServer} is one of the file servers (${fileServers}), which take no machines.`,
        remedy: 'Ask for cifs alone.',
      });
    }
  });

  it('is never a source', () => {
    expect(refusals(planChange(input(`delegate ${fileServer} -> hyper-v01 cifs`)))).toEqual([
      'source.in-bases',
    ]);
    expect(refusals(planChange(input(`delegate hyper-v01 <-> ${fileServer} cifs`)))).toEqual([
      'source.in-bases',
    ]);
  });

  it('is judged by everything else: it is no way around a guard', () => {
    const refused = (part: Parameters<typeof withHost>[2]) =>
      refusals(
        planChange(
          input(
            `delegate hyper-v01 -> ${fileServer} cifs`,
            [fileServers],
            withHost(domain, fileServer, part),
          ),
        ),
      );
    expect(refused({ adminCount: true })).toEqual(['destination.tier0']);
    expect(refused({ userAccountControl: 0x8_2000 })).toEqual(['destination.controller']);
    expect(refused({ userAccountControl: 0x1002 })).toEqual(['destination.enabled']);
    expect(refused({ dnsHostName: null })).toEqual(['destination.names']);
    expect(refused({ spns: [] })).toEqual(['cifs.owner']);
    expect(refused({ dn: `CN=${fileServer},OU=Else,DC=mabofeng,DC=com` })).toEqual(['destination.in-bases']);
  });

  it('is out of reach where no bases are given, and a host like others within the search bases', () => {
    const command = `delegate hyper-v01 -> ${fileServer} cifs`;
    expect(refusals(planChange(input(command, [])))).toEqual(['destination.in-bases']);
    const { fileServerBases: _, ...without } = input(command);
    expect(refusals(planChange(without))).toEqual(['destination.in-bases']);
    const both = { ...input(command), searchBases: [hyperV, fileServers] };
    expect(planChange(both).verdicts).toContainEqual(
      expect.objectContaining({ sentence: `${fileServer} lies below ${fileServers}.` }),
    );
    expect(
      refusals(planChange({ ...both, ...inputFor(domain, `delegate ${fileServer} -> hyper-v01 cifs`) })),
    ).toEqual([]);
  });
});
