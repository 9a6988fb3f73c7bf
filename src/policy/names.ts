/** How names in a policy are compared with names in a message or a connection. */

/** One glob of a policy, compiled: `*` stands for any run of characters, everything else for itself. */
export type Glob = (text: string) => boolean;

function patternOf(glob: string): string {
  return glob
    .split(/\*+/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('.*');
}

/** Compares the whole text, case and all. */
export function compileGlob(glob: string): Glob {
  if (!glob.includes('*')) return (text) => text === glob;
  const pattern = new RegExp(`^${patternOf(glob)}$`, 'su');
  return (text) => pattern.test(text);
}

/**
 * Compares a path without indices. A glob covers what lies below it too: `PID-5` covers `PID-5.1`, `PID` covers `PID-7`,
 * `Patient.name` covers `Patient.name.family`; `PID-1` does not cover `PID-11`.
 */
export function compilePathGlob(glob: string): Glob {
  const star = glob.indexOf('*');
  if (star < 0)
    return (path) => path.startsWith(glob) && (path.length === glob.length || '-.[('.includes(path.charAt(glob.length)));
  const stem = glob.slice(0, star);
  if (star === glob.length - 1) return (path) => path.startsWith(stem);
  const pattern = new RegExp(`^${patternOf(glob)}(?:[-.[(].*)?$`, 'su');
  return (path) => pattern.test(path);
}

/** `LIS^1.2.3^ISO` → `LIS`: what a field says first. */
export function firstComponent(value: string): string {
  const end = value.indexOf('^');
  return end < 0 ? value : value.slice(0, end);
}

/** The attributes of a certificate's subject, normalised: `CN=lis`, sorted, each once. */
export type Subject = readonly string[];

/**
 * Reads a distinguished name as RFC 4514 writes it (`CN=lis,O=Hospital`) or as Node prints it (one attribute a line). Types and
 * values are compared without regard to case and to runs of blanks (RFC 5280 section 7.1); the order does not matter. Null where it is none.
 */
export function parseSubject(text: string): Subject | null {
  const attributes = new Set<string>();
  for (const part of splitName(text)) {
    const equals = part.indexOf('=');
    const type = part.slice(0, Math.max(0, equals)).trim();
    const value = part
      .slice(equals + 1)
      .trim()
      .replace(/\s+/g, ' ');
    if (type === '' || value === '') return null;
    attributes.add(`${type.toUpperCase()}=${value.toLowerCase()}`);
  }
  return attributes.size === 0 ? null : [...attributes].sort((a, b) => (a < b ? -1 : 1));
}

function splitName(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\\') {
      i++;
      part += text.charAt(i);
    } else if (character === ',' || character === '+' || character === '\n') {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  parts.push(part);
  return parts.filter((each) => each.trim() !== '');
}
