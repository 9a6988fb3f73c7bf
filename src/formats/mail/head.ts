/** How far into a body its headers are looked for. */
export const HEAD = 16 * 1024;

/** Headers of which a mail has two, and a part of a multipart body one (RFC 5322 §3.6, RFC 2045 §3). */
const OF_MAIL =
  /^(?:from|to|cc|bcc|subject|date|received|return-path|message-id|reply-to|delivered-to|mime-version|content-[a-z-]{2,40}|sender|in-reply-to|references|x-[a-z-]{2,60})$/i;
const FIELD = /^([!-9;-~]{1,77}):/;
const FROM_LINE = /^>?From \S/;

/** What the headers of a body, up to the first line without one, say of it; null where it begins with none. */
export interface MailHead {
  /** The boundary that the body begins with, where it has no headers of its own: a multipart body of HTTP. */
  readonly boundary: string | null;
}

export function mailHead(bytes: Uint8Array): MailHead | null {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').split(/\r?\n/);
  const first = lines[0] ?? '';
  if (/^--[!-~](?:[ -~]{0,68}[!-~])?$/.test(first))
    return /^content-[a-z-]{2,40}:/i.test(lines[1] ?? '') ? { boundary: first.slice(2) } : null;
  let known = 0;
  for (const [at, line] of lines.entries()) {
    if (line === '') break;
    if ((at > 0 && /^[ \t]/.test(line)) || (at === 0 && FROM_LINE.test(line))) continue;
    const name = FIELD.exec(line)?.[1];
    if (name === undefined) return null;
    if (OF_MAIL.test(name)) known++;
  }
  return known > 1 ? { boundary: null } : null;
}
