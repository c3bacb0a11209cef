import { BlockList, isIP } from 'node:net';

/**
 * Addresses that no draft may lead to unless the operator allows the host: what is not unicast on the public Internet
 * (IANA special-purpose registries, RFC 6890 and successors).
 */
const refused = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT; 100.100.100.200 is Alibaba's metadata service
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local; 169.254.169.254 is the metadata service of most clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const) {
  refused.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['2001::', 23], // protocol assignments, Teredo
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4 carries any IPv4 address
  ['3fff::', 20], // documentation
] as const) {
  refused.addSubnet(network, prefix, 'ipv6');
}

/** The only IPv6 block with public unicast addresses. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether a resolved address is a unicast address of the public Internet. Text that is no address is not. */
export function isPublicAddress(address: string): boolean {
  const plain = address.split('%')[0] ?? '';
  switch (isIP(plain)) {
    case 4:
      return !refused.check(plain, 'ipv4');
    case 6: {
      const embedded = embeddedIpv4(plain);
      if (embedded !== null) return !refused.check(embedded, 'ipv4');
      return globalUnicast.check(plain, 'ipv6') && !refused.check(plain, 'ipv6');
    }
    default:
      return false;
  }
}

/** The IPv4 address inside an IPv4-mapped (`::ffff:0:0/96`) or NAT64 (`64:ff9b::/96`) address; null for others. */
function embeddedIpv4(address: string): string | null {
  const groups = groupsOf(address);
  const prefix = groups.slice(0, 6).join(':');
  if (prefix !== '0:0:0:0:0:ffff' && prefix !== '64:ff9b:0:0:0:0') return null;
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((value) => [value >> 8, value & 0xff])
    .join('.');
}

/** The eight groups of an IPv6 address, hexadecimal without leading zeros. */
function groupsOf(address: string): string[] {
  // The URL parser writes every spelling (embedded dotted IPv4 too) in one form, with at most one `::`.
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = normal.split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before;
  const after = tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
}
