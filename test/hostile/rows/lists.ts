import { fqdnOf } from '../../../lab/directory/names';
import { places } from '../objects';
import { dnOf, type Row } from '../row';

/** One wrong host among good ones, and too many. */
export const listRows: readonly Row[] = [
  {
    target: 'a disabled host among good destinations',
    typed: '/delegate hyper-v01 -> hyper-v02,hyper-v03,hv-idle',
    code: 'destination.enabled',
    says: 'The account of hv-idle is disabled.',
    also: [
      '/delegate hyper-v01 -> hv-idle,hyper-v02',
      '/delegate hyper-v01,hyper-v02 -> hyper-v03,hv-idle cifs',
    ],
  },
  {
    target: 'a disabled host among good sources',
    typed: '/delegate hyper-v01,hv-among -> hyper-v02',
    code: 'source.enabled',
    says: 'The account of hv-among is disabled.',
  },
  {
    target: 'a mesh with a host that is trusted for everything',
    typed: '/delegate mesh hyper-v01,hyper-v02,hv-free',
    code: 'source.unconstrained',
    says: 'hv-free is trusted for unconstrained delegation',
  },
  {
    target: 'a range with a host that does not exist',
    typed: '/delegate hyper-v01 -> hv-r[1-3]',
    code: 'destination.found',
    says: 'The directory has no computer “hv-r3”.',
    remedy: 'Did you mean hv-r1?',
  },
  {
    target: 'sixty-five hosts',
    typed: '/delegate hyper-v[01-64] -> files01',
    code: 'command.many',
    says: 'The request names 65 hosts; at most 64 fit',
  },
  {
    target: 'a range of very many hosts',
    typed: '/delegate hyper-v01 -> hyper-v[2-999999]',
    code: 'command.range',
    says: 'The range stands for 999998 hosts',
  },
  {
    target: 'the same host twice in a list',
    typed: '/delegate hyper-v01 -> hyper-v02,HYPER-V02',
    code: 'command.double',
    says: 'The list holds “hyper-v02” a second time here.',
  },
  {
    target: 'a command longer than three hundred characters',
    typed: `/delegate hyper-v01 -> hyper-v02 --reason "${'x'.repeat(300)}"`,
    code: 'command.long',
    says: 'The command is longer than 300 characters.',
  },
  {
    target: 'somebody who may not ask',
    typed: '/delegate hyper-v01 -> hyper-v02',
    by: 'stranger',
    code: 'request.not-allowed',
    says: 'You are not among those who may ask for a delegation-add.',
    remedy: 'handover.yaml',
  },
];

/** What cannot be taken away either. */
export const removalRows: readonly Row[] = [
  {
    target: 'a removal from a host outside the search bases',
    typed: '/undelegate srv-away -> hyper-v02',
    code: 'source.in-bases',
    says: `srv-away lies outside the search bases: CN=srv-away,${places.servers}.`,
    remedy: 'A domain administrator can remove it',
    also: ['/undelegate srv-away -> all', `/undelegate ${fqdnOf('srv-away')} -> hyper-v02 cifs`],
  },
  {
    target: 'a removal from the domain controller',
    typed: '/undelegate dc1 -> hyper-v02',
    code: 'source.in-bases',
    says: 'dc1 lies outside the search bases',
    also: ['/undelegate dc1 -> all', '/undelegate hyper-v04,dc1 -> ghost99'],
  },
  {
    target: 'a removal from a host that does not exist',
    typed: '/undelegate hyper-v77 -> hyper-v02',
    code: 'source.found',
    says: 'The directory has no computer “hyper-v77”.',
    remedy: 'Nothing can be removed from a host that is not there.',
  },
  {
    target: 'a removal from a name that two computers have',
    typed: `/undelegate ${fqdnOf('hv-second')} -> hyper-v02`,
    code: 'source.found',
    says: `2 objects answer to “${fqdnOf('hv-second')}”`,
  },
  {
    target: 'a removal of another service',
    typed: '/undelegate hyper-v01 -> hyper-v02 gc',
    code: 'command.service',
    says: '“gc” is not a service',
    remedy: 'all, cifs',
  },
  {
    target: 'a removal by somebody who may not ask',
    typed: `/undelegate hyper-v04 -> ${dnOf('hyper-v02')}`,
    by: 'stranger',
    code: 'request.not-allowed',
    says: 'You are not among those who may ask for a delegation-remove.',
  },
];
