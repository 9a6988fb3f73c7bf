/** Characters in a row before a binary's bytes are taken for text: shorter ones are chance. */
const MIN_RUN = 8;
const RUN = new RegExp(`[\\x20-\\x7e]{${MIN_RUN},}|(?:[\\x20-\\x7e]\\0){${MIN_RUN},}`, 'g');
/** Binary looked at for text in it; a document with more of it is reported as unread anyway. */
const MAX_BINARY = 8 * 1024 * 1024;

/** The runs of text in bytes that can't be read as a document, one byte a character or UTF-16LE. */
export function textRuns(bytes: Buffer): string[] {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, MAX_BINARY));
  return (text.match(RUN) ?? []).map((run) => run.replaceAll('\0', ''));
}
