import { decodeBytes, WINDOWS_1252 } from '../charset.ts';
import { isText } from '../embedded/kind.ts';

/** A text string (§7.9.2.2): UTF-16 or UTF-8 by its mark, else PDFDocEncoding, which differs from Windows-1252 in rare signs only. */
export function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return clean(new TextDecoder('utf-16be').decode(bytes));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return clean(new TextDecoder('utf-16le').decode(bytes));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return clean(bytes.toString('utf8', 3));
  return isText(bytes) ? clean(decodeBytes(bytes, 0, bytes.length, WINDOWS_1252)) : '';
}

function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000e-\u001f\ufeff]/g, '').trim();
}
