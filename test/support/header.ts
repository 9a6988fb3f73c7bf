import type { AckHeader } from '../../src/ingest/ack.ts';

/** A header reader of a few lines, independent of the formats, for tests of the listeners. */
export function readHeader(bytes: Uint8Array): AckHeader & { readonly readable: boolean } {
  const text = Buffer.from(bytes).toString('latin1');
  const at = text.search(/(?:^|[\r\n])MSH/);
  const line =
    at < 0
      ? ''
      : (text
          .slice(at)
          .trimStart()
          .split(/[\r\n]/)[0] ?? '');
  const separator = line.charAt(3);
  const fields = separator === '' ? [] : line.split(separator);
  return {
    readable: fields.length > 9,
    controlIdBytes: Buffer.from(fields[9] ?? '', 'latin1'),
    fieldSeparator: separator,
    encodingCharacters: fields[1] ?? '',
    acceptAck: fields[14] ?? '',
    applicationAck: fields[15] ?? '',
    processingId: fields[10] ?? '',
    version: fields[11] ?? '',
  };
}
