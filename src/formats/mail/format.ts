import type { Body, Format, Parsed } from '../../core/format.ts';
import { withElided } from '../coverage.ts';
import { rawParsed } from '../text/raw.ts';
import { openSource } from '../text/source.ts';
import { transcodeCharacters } from '../text/transcoded.ts';
import { charactersOf } from './characters.ts';
import { HEAD, mailHead } from './head.ts';

/** A larger body is read as it stands: keeping where each character came from takes more than the body. */
const MAX_BODY = 16 * 1024 * 1024;
/** How far into a body a sign is looked for that anything in it is encoded. */
const LOOKED_AT = 256 * 1024;
const ENCODED = /^content-transfer-encoding:[ \t]*quoted-printable|=\?[\w-]{2,40}\?[qb]\?/im;

/**
 * Mail and other bodies in MIME (RFC 5322, RFC 2045 to 2047; multipart bodies of HTTP as well) that hold text which is written otherwise than it reads: quoted-printable, words of headers.
 * It is read as lines of text, folded headers in one line each. What is in base64 is found as in any text (embedded/), and a mail without either is text like any other.
 */
export const mail: Format = {
  name: 'mail',

  sniff(bytes) {
    if (bytes.length > MAX_BODY || mailHead(bytes.subarray(0, HEAD)) === null) return 0;
    return ENCODED.test(openSource(bytes.subarray(0, LOOKED_AT)).buffer.toString('latin1')) ? 0.9 : 0;
  },

  parse(body: Body): Parsed[] {
    const source = openSource(body.bytes);
    const read = source.transcoded ? source : transcodeCharacters(source, charactersOf(source.buffer));
    return withElided([{ ...rawParsed(read, 0, read.buffer.length, []), type: 'MIME' }], body.elided);
  },
};
