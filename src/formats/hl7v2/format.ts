import type { Body, Format, Parsed } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { withElided } from '../coverage.ts';
import { rawParsed } from '../text/raw.ts';
import { openSource } from '../text/source.ts';
import { findHeader, isEnvelope } from './boundaries.ts';
import { parseMessage } from './message.ts';
import { openMultiByte } from './multibyte.ts';

/** How far into a body we look for a header before we say that it is not HL7 v2. */
const SNIFF = 8 * 1024;
const PIPE = 0x7c;

/** HL7 v2 in its vertical bar encoding (ER7), versions 2.1 to 2.9: single messages, several in a body, batches and files. */
export const hl7v2: Format = {
  name: 'hl7v2',

  sniff(bytes) {
    const { buffer } = openSource(bytes.subarray(0, SNIFF));
    const at = findHeader(buffer, 0, buffer.length);
    if (at < 0) return 0;
    const before = buffer.subarray(0, at);
    const bare = before.every((byte) => byte <= 0x20 || byte >= 0xbb);
    return bare || isEnvelope(buffer, 0, buffer.length, PIPE) ? 1 : 0.8;
  },

  parse(body: Body): Parsed[] {
    const source = openMultiByte(openSource(body.bytes));
    const { buffer } = source;
    const parsed: Parsed[] = [];
    for (let at = 0; at < buffer.length; ) {
      const full = parsed.length >= MAX_MESSAGES;
      const header = full ? -1 : findHeader(buffer, at, buffer.length);
      if (header < 0 || header > at) {
        const end = header < 0 ? buffer.length : header;
        parsed.push(rawParsed(source, at, end, header >= 0 ? [] : full ? [TOO_MANY] : parsed.length === 0 ? [NO_HEADER] : []));
        at = end;
        continue;
      }
      const message = parseMessage(source, header);
      parsed.push(...message.parts);
      at = message.end;
    }
    return withElided(parsed.length === 0 ? [rawParsed(source, 0, 0, [])] : parsed, body.elided);
  },
};

/** A body of bare headers must not become millions of messages; a nightly batch file stays far below. */
const MAX_MESSAGES = 100_000;

const TOO_MANY: Problem = {
  code: 'hl7v2.size',
  detail: `more than ${MAX_MESSAGES} messages and envelopes in one body; the rest is read as raw text`,
};
const NO_HEADER: Problem = {
  code: 'hl7v2.header',
  detail: 'no MSH segment with usable delimiters at the start of a line; the body is read as raw text',
};
