import { asItIs, type Closes, type InText } from './in-text.ts';

const PROLOG = /<\?xml[^<>]{0,200}\?>\s{0,80}/y;
/** An element, of whatever attributes. */
const ELEMENT = /<([A-Za-z_][\w.-]{0,80}(?::[A-Za-z_][\w.-]{0,80})?)(?:\s[^<>]{0,2000})?>/y;
/** Elements for how a text looks are read with it. */
const LOOKS =
  /^(?:p|b|i|u|a|br|hr|div|span|td|th|tr|table|tbody|thead|li|ul|ol|dl|dt|dd|strong|em|font|h[1-6]|html|head|body|pre|code|img|sup|sub|small|center|form|input|label|select|option|button|style|script)$/i;
const CHILDREN = /<\/[A-Za-z_][\w.:-]{0,160}>/g;

/** The element of XML that begins at `at` and closes in the same text, with elements inside; null where there is none. */
export function elementAt(text: string, at: number): InText | null {
  const to = xmlLines(text, at)?.(text, at) ?? -1;
  const said = text.slice(at, Math.max(at, to));
  // A word in brackets is no document: somebody is told in elements of it.
  return (said.match(CHILDREN)?.length ?? 0) > 1 ? asItIs(text, at, to) : null;
}

function nameAt(text: string, at: number): string | null {
  PROLOG.lastIndex = at;
  const prolog = PROLOG.exec(text)?.[0].length ?? 0;
  ELEMENT.lastIndex = at + prolog;
  const name = ELEMENT.exec(text)?.[1];
  return name === undefined || LOOKS.test(name) ? null : name;
}

/** The same over lines, of the element that begins at `at` of the first; null where none does. */
export function xmlLines(text: string, at: number): Closes | null {
  const name = nameAt(text, at);
  if (name === null) return null;
  const tags = new RegExp(`<(/?)${name.replaceAll('.', '\\.')}(?:\\s[^<>]{0,2000})?(/?)>`, 'g');
  let depth = 0;
  return (line, from) => {
    tags.lastIndex = from;
    for (let tag = tags.exec(line); tag !== null; tag = tags.exec(line)) {
      if (tag[1] === '/') depth--;
      else if (tag[2] !== '/') depth++;
      if (depth === 0) return tags.lastIndex;
    }
    return -1;
  };
}
