import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A socket that waits for others: TCP in state LISTEN, UDP without a peer.
 * @typedef {{ protocol: string, address: string, port: number }} Listener
 */

const REQUIRED_TABLES = ['tcp', 'udp'];
/** A kernel without IPv6 lacks these. */
const IPV6_TABLES = ['tcp6', 'udp6'];
/** As the kernel's tcp_states.h numbers them; an unconnected UDP socket shows as CLOSE. */
const WAITING = { tcp: '0A', udp: '07' };

/**
 * The listening sockets of this network namespace. Throws where the kernel does not tell: not knowing is not "none".
 * @param {string} [folder] where the kernel's tables are
 * @returns {Listener[]}
 */
export function readListeners(folder = '/proc/net') {
  const tables = REQUIRED_TABLES.concat(IPV6_TABLES.filter((table) => existsSync(join(folder, table))));
  return tables.flatMap((table) => parseTable(readFileSync(join(folder, table), 'utf8'), table));
}

/**
 * Reads one of /proc/net/{tcp,tcp6,udp,udp6} (proc(5)).
 * @param {string} text
 * @param {string} protocol name of the table
 * @returns {Listener[]}
 */
export function parseTable(text, protocol) {
  const waiting = protocol.startsWith('tcp') ? WAITING.tcp : WAITING.udp;
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === waiting)
    .map(([, local = '']) => {
      const [address = '', port = ''] = local.split(':');
      return { protocol, address: readableAddress(address), port: Number.parseInt(port, 16) };
    });
}

/**
 * Listeners that are there now, were not before, and can be reached from another machine.
 * @param {readonly Listener[]} before
 * @param {readonly Listener[]} after
 */
export function newOutsideListeners(before, after) {
  const known = new Set(before.map(showListener));
  return after.filter((listener) => !isLoopback(listener.address) && !known.has(showListener(listener)));
}

/** @param {Listener} listener */
export function showListener({ protocol, address, port }) {
  return `${protocol} ${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** @param {string} address */
function isLoopback(address) {
  return /^(::ffff:)?127\./.test(address) || address === '::1';
}

/**
 * The kernel prints addresses as 32-bit words in host order, and every host that we run on is little-endian.
 * @param {string} hex 8 digits for IPv4, 32 for IPv6
 */
function readableAddress(hex) {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => [...Buffer.from(word, 'hex')].reverse());
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return `::ffff:${bytes.slice(12).join('.')}`;
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  return compress(groups.map((group) => group.toString(16)));
}

/**
 * Shortens the longest run of zero groups (RFC 5952, section 4.2).
 * @param {string[]} groups
 */
function compress(groups) {
  const runs = groups.join(':').match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  return groups.join(':').replace(longest, '::').replace(/:{3,}/, '::');
}
