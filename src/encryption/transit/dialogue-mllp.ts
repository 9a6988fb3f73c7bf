import { randomBytes } from 'node:crypto';
import type { Fact } from '../../core/evidence.ts';
import type { Dialogue } from './dialogue.ts';

const START = 0x0b;
const END = 0x1c;
/** The commit acknowledgment and its refusal of MLLP release 2, one byte in a frame. */
const COMMITS: ReadonlyMap<number | undefined, string> = new Map([
  [0x06, 'commit'],
  [0x15, 'no commit'],
]);
/** HL7 table 0008: nothing else of an answer is kept. */
const CODES: ReadonlySet<string> = new Set(['AA', 'AE', 'AR', 'CA', 'CE', 'CR']);
const MAX_ANSWER = 65_536;

/** One MLLP frame with a message that files nothing; any framed answer proves the protocol, whether it takes the message or not. */
export function createMllpDialogue(): Dialogue {
  let facts: Record<string, Fact> | null = null;
  return {
    opening: Buffer.concat([Buffer.of(START), Buffer.from(`${networkQuery()}\r`, 'latin1'), Buffer.of(END, 0x0d)]),
    learned: () => facts,
    hear(received) {
      if (received.length === 0) return { kind: 'more' };
      if (received[0] !== START) return { kind: 'other' };
      const commit = COMMITS.get(received[1]);
      if (commit !== undefined) {
        facts = { answer: commit };
        return { kind: 'done' };
      }
      const head = received.toString('latin1', 1, 4);
      if (!'MSH'.startsWith(head)) return { kind: 'other' };
      if (head === 'MSH') facts ??= { answer: 'unreadable' };
      const end = received.indexOf(END);
      if (end < 0) return { kind: received.length > MAX_ANSWER ? 'done' : 'more' };
      facts = { answer: codeOf(received.toString('latin1', 1, end)) };
      return { kind: 'done' };
    },
  };
}

/**
 * An MSH alone. NMQ^N01, the query of application management (HL7 2.5 chapter 14), is the one type about systems, not people: no engine
 * files it. Processing id D (debugging) is refused by what is set to production, which is an answer too. It names Cordon and nobody else.
 */
function networkQuery(): string {
  const now = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const id = `CORDON${randomBytes(7).toString('hex')}`;
  return ['MSH', '^~\\&', 'CORDON', 'CORDON', '', '', now, '', 'NMQ^N01', id, 'D', '2.5'].join('|');
}

/** MSA-1 of an answer. */
function codeOf(answer: string): string {
  const separator = answer.charAt(3);
  const acknowledgment = answer.split(/[\r\n]+/).find((segment) => segment.startsWith(`MSA${separator}`));
  const code = acknowledgment?.split(separator)[1] ?? '';
  return CODES.has(code) ? code : 'without code';
}
