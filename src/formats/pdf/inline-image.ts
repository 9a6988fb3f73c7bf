import { isSpace, type Lexer, readValue } from './lexer.ts';
import { isKind } from './values.ts';

/**
 * Passes over `BI … ID … EI` (ISO 32000-1 §8.9.7), whose first word has been read: a picture in the content itself, whose end is only marked by a
 * word. False where it has no end.
 */
export function skipInlineImage(lexer: Lexer): boolean {
  const { bytes } = lexer;
  for (let value = readValue(lexer, false); value !== undefined; value = readValue(lexer, false)) {
    if (isKind(value, 'operator') && value.name === 'ID') break;
  }
  for (let at = bytes.indexOf('EI', lexer.at); at >= 0; at = bytes.indexOf('EI', at + 2)) {
    if (!isSpace(bytes[at - 1]) || !(at + 2 >= lexer.end || isSpace(bytes[at + 2])) || !isContent(bytes, at + 2)) continue;
    lexer.at = at + 2;
    return true;
  }
  lexer.at = lexer.end;
  return false;
}

/** Whether operators follow, and not more of a picture. */
function isContent(bytes: Buffer, at: number): boolean {
  for (const byte of bytes.subarray(at, at + 16)) if (byte > 0x7e || (byte < 0x20 && !isSpace(byte))) return false;
  return true;
}
