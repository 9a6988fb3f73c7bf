/** Protocol versions that are asked for, oldest first, by the name node:tls has for them. SSL 2.0 has another handshake and is not asked. */
export const VERSIONS = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type Version = (typeof VERSIONS)[number];

const CODES: Record<Version, number> = { SSLv3: 0x0300, TLSv1: 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303, 'TLSv1.3': 0x0304 };

export function versionCode(version: Version): number {
  return CODES[version];
}
