/** Bytes from the beginning of a device that hold a LUKS header as cryptsetup makes it. */
export const LUKS_BYTES = 65_536;

const MAGIC = Buffer.from([0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe]);
/** LUKS2 On-Disk Format 2.1: the binary header, before the JSON area. */
const BINARY_BYTES = 4096;

/**
 * The ciphers that a LUKS header names, one for each segment, `none` for a segment that is not encrypted by the kernel; null where
 * the bytes hold no header that can be read. LUKS1: On-Disk Format 1.2.3, cipher-name and cipher-mode.
 */
export function luksCiphers(head: Buffer): string[] | null {
  if (head.length < 592 || !head.subarray(0, 6).equals(MAGIC)) return null;
  const version = head.readUInt16BE(6);
  if (version === 1) return [`${cString(head, 8, 32)}-${cString(head, 40, 32)}`];
  return version === 2 ? segmentCiphers(head) : null;
}

function segmentCiphers(head: Buffer): string[] | null {
  const end = head.indexOf(0, BINARY_BYTES);
  if (end === -1) return null;
  try {
    const header: unknown = JSON.parse(head.toString('utf8', BINARY_BYTES, end));
    const segments = Object.values(objectAt(header, 'segments'));
    return segments.length === 0 ? null : segments.map((segment) => textAt(segment, 'encryption') ?? 'none');
  } catch {
    return null;
  }
}

function cString(head: Buffer, start: number, length: number): string {
  return head.toString('latin1', start, start + length).replace(/\0.*$/s, '');
}

function objectAt(value: unknown, name: string): Record<string, unknown> {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof found === 'object' && found !== null ? { ...found } : {};
}

function textAt(value: unknown, name: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof found === 'string' ? found : null;
}
