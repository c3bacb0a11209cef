/**
 * Whether the operator allows a host with a private address (`mediaHosts`): `name`, `name:port`, `*.name`, `[ipv6]:port`.
 * An entry without port allows every port.
 */
export function isAllowedHost(hostname: string, port: number, allowed: readonly string[]): boolean {
  const host = bare(hostname);
  return allowed.some((entry) => {
    const [, pattern = '', allowedPort] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry.trim()) ?? [];
    if (pattern === '' || (allowedPort !== undefined && Number(allowedPort) !== port)) return false;
    const name = bare(pattern);
    return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name;
  });
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
