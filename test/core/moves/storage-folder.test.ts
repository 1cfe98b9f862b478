import { storageFolder } from '../../../src/core/moves/storage-folder';
import { GB, machine } from '../../support/plan-world';

const volume = (path: string, free: number) => ({ path, total: 4_000 * GB, free: free * GB });
const local = (path: string, gigabytes = 100) => [{ path, bytes: gigabytes * GB, kind: 'local' as const }];

describe('the folder for a machine’s disks at another host', () => {
  const disks = [volume('C:\\', 50), volume('D:\\', 500), volume('E:\\', 900)];
  const to = { disks, paths: { machines: 'D:\\Hyper-V', disks: 'D:\\Hyper-V' } };

  it.each<[string, Parameters<typeof storageFolder>[0], typeof to, string | null]>([
    ['is the one that they are in', machine('web', { disks: local('D:\\VMs\\web.vhdx') }), to, 'D:\\VMs'],
    [
      'is the one that Windows was told, and not the one that it made there',
      machine('web', { disks: local('E:\\VMs\\Virtual Hard Disks\\web.vhdx') }),
      to,
      'E:\\VMs',
    ],
    [
      'is its own by default where there is no such volume',
      machine('web', { disks: local('S:\\VMs\\web.vhdx') }),
      to,
      'D:\\Hyper-V\\web',
    ],
    [
      'is on the volume with the most room where the default one has too little',
      machine('web', { disks: local('C:\\VMs\\web.vhdx', 600) }),
      to,
      'E:\\web',
    ],
    ['is nowhere without room', machine('web', { disks: local('D:\\web.vhdx', 895) }), to, null],
    [
      'takes no sign of the machine’s name that a folder cannot have',
      machine('a/b:c', { disks: local('S:\\x.vhdx') }),
      to,
      'D:\\Hyper-V\\a_b_c',
    ],
    [
      'is anywhere with room where no default is known',
      machine('web', { disks: local('S:\\x.vhdx') }),
      { ...to, paths: { machines: '', disks: '' } },
      'E:\\web',
    ],
  ])('%s', (_, of, at, expected) => {
    expect(storageFolder(of, at)).toBe(expected);
  });
});
