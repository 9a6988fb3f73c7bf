import type { Fact } from '../../core/evidence.ts';
import type { Dialogue } from './dialogue.ts';

const MAX_HEAD = 65_536;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** As long as a status line has to be for its code to be there. */
const STATUS_LINE = 'HTTP/1.1 200'.length;

/** `HEAD /`: safe by definition (RFC 9110 section 9.2.1). Any status line proves HTTP. */
export function createHttpDialogue(host: string): Dialogue {
  let facts: Record<string, Fact> | null = null;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    opening: Buffer.from(`HEAD / HTTP/1.1\r\nHost: ${name}\r\nUser-Agent: cordon\r\nConnection: close\r\n\r\n`, 'latin1'),
    learned: () => facts,
    hear(received) {
      const text = received.toString('latin1');
      if (!'HTTP/'.startsWith(text.slice(0, 5))) return { kind: 'other' };
      if (text.length < STATUS_LINE) return { kind: 'more' };
      const [, digits] = /^HTTP\/\d\.\d (\d{3})/.exec(text) ?? [];
      if (digits === undefined) return { kind: 'other' };
      const status = Number(digits);
      const redirectsToHttps = REDIRECTS.has(status) && /\r?\nlocation:[ \t]*https:/i.test(text);
      facts = { status, redirectsToHttps };
      return /\r?\n\r?\n/.test(text) || text.length > MAX_HEAD ? { kind: 'done' } : { kind: 'more' };
    },
  };
}
