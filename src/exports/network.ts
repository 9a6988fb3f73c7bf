import { isIP } from 'node:net';

/** Where somebody is reached, as audit messages say it (PS3.15 A.5.1; FHIR R4 network-type): 1 is a machine's name, 2 an IP address, 5 a URI. */
export interface AccessPoint {
  readonly address: string;
  readonly type: '1' | '2' | '5';
}

/** Reads a name of a system, an address, `host:port` or a URI. The codes have no place for a port: it is left out. */
export function accessPointOf(name: string): AccessPoint {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return { address: name, type: '5' };
  if (isIP(name) !== 0) return { address: name, type: '2' };
  const [, v6, host = name] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):\d{1,5}$/.exec(name) ?? [];
  const address = v6 ?? host;
  return { address, type: isIP(address) === 0 ? '1' : '2' };
}
