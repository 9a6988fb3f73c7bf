import { isAscii, isUtf8 } from 'node:buffer';
import { BIG5, type Character, codeExtended, EUC_KR, GB18030, KANA, type Mixed, mixed, SHIFT_JIS } from '../characters.ts';
import type { Source } from '../text/source.ts';
import { transcodeCharacters } from '../text/transcoded.ts';
import { findHeader } from './boundaries.ts';

/** Sets of HL7 table 0211 (and the names that senders give them) whose characters hold bytes that delimit elsewhere. */
const MIXED: ReadonlyMap<string, Mixed> = new Map([
  ['GB180302000', GB18030],
  ['GB18030', GB18030],
  ['GBK', GB18030],
  ['GB2312', GB18030],
  ['GB231280', GB18030],
  ['BIG5', BIG5],
  ['BIG5HKSCS', BIG5],
  ['KSX1001', EUC_KR],
  ['KSC5601', EUC_KR],
  ['EUCKR', EUC_KR],
  ['SHIFTJIS', SHIFT_JIS],
  ['SJIS', SHIFT_JIS],
  ['WINDOWS31J', SHIFT_JIS],
]);
const KATAKANA = 'ISOIR14';

const ESC = 0x1b;
const FIELD_18 = 17;
const LONGEST_FIELD = 256;
/** A larger body is read as it stands: keeping where each character came from takes more than the body. */
const MAX_BODY = 16 * 1024 * 1024;
/** ESC $ B, ESC $ ( D, ESC ( I and their like call another set of ISO 2022 (HL7 v2.9 §2.14.9.18, JIS X 0202). */
const DESIGNATES = /\x1b(?:\$[@AB(]|\([IJ])/;

/**
 * A body whose header declares a multi-byte set, or that changes sets by escape sequences whatever it declares, as UTF-8. What is valid UTF-8 is UTF-8,
 * whatever was declared. Any other body is returned as it is.
 */
export function openMultiByte(source: Source): Source {
  const { buffer } = source;
  if (source.transcoded || buffer.length > MAX_BODY) return source;
  const changed = buffer.indexOf(ESC);
  if (changed < 0 && isAscii(buffer)) return source;
  const declared = declaredSets(buffer);
  const set = declared.map((name) => MIXED.get(name)).find((found) => found !== undefined);
  if (set === undefined && changed < 0 && !declared.includes(KATAKANA)) return source;
  if (changed >= 0 && DESIGNATES.test(buffer.toString('latin1', changed))) {
    return transcodeCharacters(
      source,
      codeExtended(buffer, 0, buffer.length, '', { g0: null, g1: declared.includes(KATAKANA) ? KANA : null }),
    );
  }
  const characters = charactersOf(buffer, set, declared);
  return characters === null || isUtf8(buffer) ? source : transcodeCharacters(source, characters);
}

function charactersOf(buffer: Buffer, set: Mixed | undefined, declared: readonly string[]): Iterable<Character> | null {
  if (set !== undefined) return mixed(buffer, 0, buffer.length, set);
  return declared.includes(KATAKANA) ? codeExtended(buffer, 0, buffer.length, '', { g0: null, g1: KANA }) : null;
}

/** The repetitions of the first header's MSH-18, without separators; none where it is empty. */
function declaredSets(buffer: Buffer): string[] {
  const at = findHeader(buffer, 0, buffer.length);
  if (at < 0) return [];
  const separator = buffer[at + 3] ?? 0;
  let start = at + 4;
  for (let field = 2; field <= FIELD_18; field++) {
    const next = buffer.indexOf(separator, start);
    if (next < 0) return [];
    start = next + 1;
  }
  const line = buffer.toString('latin1', start, start + LONGEST_FIELD);
  const end = line.search(/[\r\n\x1c]/);
  const field = (end < 0 ? line : line.slice(0, end)).split(String.fromCharCode(separator), 1)[0] ?? '';
  return field === '' ? [] : field.split('~').map((name) => name.toUpperCase().replace(/[^A-Z0-9]/g, ''));
}
