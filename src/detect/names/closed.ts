import { Cue } from './cues.ts';
import { hashOf } from './letters.ts';
import { gapAt, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { listOf } from './words.ts';

/** Words of English that are no nouns and no adjectives, so that what stands before them is no part of a thing's name. */
const CLOSED: ReadonlySet<number> = new Set(
  listOf(`
a an the this that these those my your his her its our their and or but nor so yet if when while because since until unless although though as than whether who whom whose which where
to at in on for with from about by of into onto over under after before during through between against without within per via up down out off
is are was were be been being am has have had having do does did done can could may might must shall should will would cannot
not no also again still then now today tonight yesterday tomorrow already just only even ever never always often sometimes soon later here there too very
he she it they we you i him them us me
`).map(hashOf),
);

/** Whether the word is followed by a noun that it would qualify (`Laurence suction`): a word in small letters that is none of grammar's and no verb that people do. */
export function qualifies(reader: Reader, at: number): boolean {
  const { kind, hash, cue, count } = reader.tokens;
  const next = at + 1;
  if (next >= count || kind[next] !== Kind.lower || (gapAt(reader, next) & ~(Gap.blank | Gap.hyphen)) !== 0) return false;
  return !CLOSED.has(hash[next] ?? 0) && ((cue[next] ?? 0) & (Cue.does | Cue.signed | Cue.talk | Cue.link)) === 0;
}
