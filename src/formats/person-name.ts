import type { IdentityValue } from '../core/format.ts';
import { isPlaceholder } from './hl7v2/placeholders.ts';

/** What an object or element says of a person; whose it is, its place says. */
export type Found = Omit<IdentityValue, 'subject'>;

/** A name of its parts, family name first; none where a placeholder stands for it. `leaf` is where it was read. */
export function nameOf(parts: readonly string[], leaf: number): Found[] {
  const known = parts.map((part) => (part.length !== 1 && isPlaceholder(part) ? '' : part));
  if (known[0] === '' && parts[0] !== '') return [];
  while (known.length > 0 && known.at(-1) === '') known.pop();
  return known.length === 0 ? [] : [{ kind: 'name', category: 'name', leaf, parts: known }];
}

const TITLE = /^(?:mr|mrs|ms|miss|mx|dr|prof)\.?$/i;

/** `Jane Q. Doe`, `DOE, JANE`: the family name is last, or before the comma. */
export function wholeName(text: string, leaf: number): Found[] {
  if (text.length > 80 || isPlaceholder(text)) return [];
  const comma = text.indexOf(',');
  const words = (part: string): string[] => part.split(/\s+/).filter((word) => word !== '' && !TITLE.test(word));
  if (comma > 0) return nameOf([text.slice(0, comma).trim(), ...words(text.slice(comma + 1)).slice(0, 2)], leaf);
  const all = words(text);
  return all.length < 2 || all.length > 5 ? [] : nameOf([all.at(-1) ?? '', ...all.slice(0, -1).slice(0, 2)], leaf);
}
