import { WINDOWS_1252 } from '../charset.ts';

/** Rich Text Format 1.9: what reports of older word processors and of many engines come in. */
export function isRtf(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 64).trimStart().startsWith('{\\rtf');
}

/** Groups whose text is no text of the document. */
const SILENT = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'pict',
  'objdata',
  'themedata',
  'datastore',
  'blipuid',
  'listtable',
  'rsidtbl',
  'generator',
  'latentstyles',
]);
const BREAKS = new Set(['par', 'line', 'row', 'sect', 'page', 'pard']);
const SPACES = new Set(['tab', 'cell', 'emspace', 'enspace', 'qmspace', '~']);
const CONTROL = /\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))/y;
/** Groups deeper than that are read as their outer one. */
const MAX_GROUPS = 1000;

interface Group {
  readonly silent: boolean;
  /** Characters that stand for one of \u, and are passed over. */
  readonly skip: number;
}

/** The text of an RTF document, a line for a paragraph, and whether it holds a picture. Linear in its size. */
export function rtfText(bytes: Buffer): { text: string; hasPicture: boolean } {
  const rtf = bytes.toString('latin1');
  const out: string[] = [];
  const groups: Group[] = [];
  let group: Group = { silent: false, skip: 1 };
  let skipped = 0;
  let hasPicture = false;
  const put = (text: string): void => {
    const kept = text.slice(Math.min(skipped, text.length));
    skipped -= text.length - kept.length;
    if (!group.silent) out.push(kept);
  };
  for (let at = 0; at < rtf.length; ) {
    const character = rtf.charAt(at);
    if (character === '{') {
      if (groups.length < MAX_GROUPS) groups.push(group);
      at++;
      // `\*`: a destination that readers may not know. What is written in it may still name somebody, so only known ones are passed over.
      if (rtf.startsWith('\\*', at)) at += 2;
    } else if (character === '}') {
      group = groups.pop() ?? group;
      skipped = 0;
      at++;
    } else if (character === '\\') {
      CONTROL.lastIndex = at;
      const found = CONTROL.exec(rtf);
      if (found === null) break;
      at = CONTROL.lastIndex;
      const [, word = '', number, hex, symbol] = found;
      if (hex !== undefined) put(WINDOWS_1252[Number.parseInt(hex, 16)] ?? '');
      else if (symbol !== undefined)
        put(
          symbol === '~'
            ? ' '
            : symbol === '\r' || symbol === '\n'
              ? '\n'
              : '{}\\'.includes(symbol)
                ? symbol
                : symbol === '_'
                  ? '-'
                  : '',
        );
      else if (word === 'u') {
        put(String.fromCharCode(Number(number ?? 0) & 0xffff));
        skipped = group.skip;
      } else if (word === 'uc') group = { ...group, skip: Math.max(0, Math.min(Number(number ?? 1), 8)) };
      else if (word === 'bin') at += Math.max(0, Math.min(Number(number ?? 0), rtf.length));
      else if (SILENT.has(word)) {
        hasPicture ||= word === 'pict';
        group = { ...group, silent: true };
      } else if (BREAKS.has(word)) put('\n');
      else if (SPACES.has(word)) put(' ');
    } else {
      const end = nextSpecial(rtf, at);
      put(rtf.slice(at, end).replace(/[\r\n]+/g, ''));
      at = end;
    }
  }
  return { text: out.join(''), hasPicture };
}

function nextSpecial(rtf: string, at: number): number {
  let end = at;
  while (end < rtf.length && rtf.charCodeAt(end) !== 0x5c && rtf.charCodeAt(end) !== 0x7b && rtf.charCodeAt(end) !== 0x7d) end++;
  return end;
}
