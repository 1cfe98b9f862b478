import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  newOutsideListeners,
  parseTable,
  readListeners,
  showListener,
} from '../../setup/steps/listeners.mjs';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   102        0 26012 1 0000 100 0 0 10 0
   1: 00000000:01BD 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 30511 1 0000 100 0 0 10 0
   2: 0200000A:01BD 0300000A:C350 01 00000000:00000000 00:00000000 00000000     0        0 30600 1 0000 100 0 0 10 0
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue
   0: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 00000000:00000000
   1: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000
   2: 0000000000000000FFFF00000A00007F:0185 00000000000000000000000000000000:0000 0A 00000000:00000000
   3: B80D0120000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000
`;
const UDP = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  300: 00000000:0089 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 41 2 0000 0
  301: 0100007F:9C40 0100007F:0035 01 00000000:00000000 00:00000000 00000000     0        0 42 2 0000 0
`;

describe('the kernel tables', () => {
  it.each([
    ['tcp', TCP, ['tcp 127.0.0.1:6379', 'tcp 0.0.0.0:445']],
    [
      'tcp6',
      TCP6,
      ['tcp6 [::1]:631', 'tcp6 [::]:80', 'tcp6 [::ffff:127.0.0.10]:389', 'tcp6 [2001:db8::1]:22'],
    ],
    ['udp', UDP, ['udp 0.0.0.0:137']],
  ])('give the sockets of %s that wait for others', (protocol, text, expected) => {
    expect(parseTable(text, protocol).map(showListener)).toEqual(expected);
  });

  it('show what this process listens on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    try {
      await Promise.all([once(server, 'listening'), once(socket, 'listening')]);
      const { port: tcpPort } = server.address() as { port: number };
      const listeners = readListeners().map(showListener);
      expect(listeners).toContain(`tcp 127.0.0.1:${tcpPort}`);
      expect(listeners).toContain(`udp 127.0.0.1:${socket.address().port}`);
    } finally {
      server.close();
      socket.close();
    }
  });

  it('may lack those of IPv6 but no others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'handover-proc-'));
    try {
      writeFileSync(join(folder, 'tcp'), TCP);
      expect(() => readListeners(folder)).toThrow('ENOENT');
      writeFileSync(join(folder, 'udp'), UDP);
      expect(readListeners(folder)).toHaveLength(3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the comparison of listeners', () => {
  const before = [
    { protocol: 'tcp', address: '0.0.0.0', port: 22 },
    { protocol: 'tcp', address: '127.0.0.1', port: 6379 },
  ];

  it.each([
    ['0.0.0.0', 445],
    ['10.0.0.2', 22],
    ['::', 22],
    ['2001:db8::1', 389],
    ['::ffff:10.0.0.2', 389],
    ['128.0.0.1', 1],
  ])('finds a new one on %s port %d', (address, port) => {
    const added = { protocol: 'tcp', address, port };
    expect(newOutsideListeners(before, [...before, added])).toEqual([added]);
  });

  it('tells UDP from TCP', () => {
    const added = { protocol: 'udp', address: '0.0.0.0', port: 22 };
    expect(newOutsideListeners(before, [...before, added])).toEqual([added]);
  });

  it.each(['127.0.0.1', '127.4.5.6', '::1', '::ffff:127.0.0.1'])(
    'does not mind a new one on %s',
    (address) => {
      expect(newOutsideListeners(before, [...before, { protocol: 'tcp', address, port: 389 }])).toEqual([]);
    },
  );

  it('does not mind what was there or has gone', () => {
    expect(newOutsideListeners(before, before.slice(0, 1))).toEqual([]);
  });
});
