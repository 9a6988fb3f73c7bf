/** A data element's tag as numbers. */
export interface Tag {
  readonly group: number;
  readonly element: number;
}

/** A tag, or the tags of a repeating group, as a rule names them: `(0010,0010)`, `(50xx,xxxx)`, `(odd,xxxx)`. */
export interface TagPattern {
  readonly text: string;
  readonly group: number;
  readonly groupMask: number;
  readonly element: number;
  readonly elementMask: number;
  /** Private groups are odd (PS3.5 §7.8), repeating groups even (§7.6); null where the group is written out. */
  readonly parity: 0 | 1 | null;
}

/** What a rule may write for a tag. Digits are hexadecimal, upper case; `x` is any digit. */
export const TAG_PATTERN = /^\((?:odd|[0-9A-Fx]{4}),[0-9A-Fx]{4}\)$/;

const LAST = /\(([0-9A-F]{4}),([0-9A-F]{4})\)$/;

/** The last tag of a path: an element is what it is at any depth of nesting. Null where the path has none (`preamble`, `raw`). */
export function lastTag(path: string): Tag | null {
  const found = LAST.exec(path);
  return found === null ? null : { group: Number.parseInt(found[1] ?? '', 16), element: Number.parseInt(found[2] ?? '', 16) };
}

/** Takes a pattern apart that TAG_PATTERN accepts. */
export function parseTag(text: string): TagPattern {
  const [group = '', element = ''] = text.slice(1, -1).split(',');
  const parity = group === 'odd' ? 1 : group.includes('x') ? 0 : null;
  const digits = group === 'odd' ? 'xxxx' : group;
  return {
    text,
    group: fixedBits(digits),
    groupMask: fixedMask(digits),
    element: fixedBits(element),
    elementMask: fixedMask(element),
    parity,
  };
}

const fixedBits = (digits: string): number => Number.parseInt(digits.replace(/x/g, '0'), 16);
const fixedMask = (digits: string): number => Number.parseInt(digits.replace(/[^x]/g, 'F').replace(/x/g, '0'), 16);

export function tagMatches(pattern: TagPattern, { group, element }: Tag): boolean {
  return (
    (group & pattern.groupMask) === pattern.group &&
    (element & pattern.elementMask) === pattern.element &&
    (pattern.parity === null || (group & 1) === pattern.parity)
  );
}

/** Elements of odd groups mean what their creator says. */
export function isPrivate({ group }: Tag): boolean {
  return (group & 1) === 1;
}
