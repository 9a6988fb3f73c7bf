import type { Body, Format, Parsed } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { coverageOf, withElided } from '../coverage.ts';
import { ParsedOnDemand } from '../on-demand.ts';
import { rawParsed } from '../text/raw.ts';
import { openSource, type Source } from '../text/source.ts';
import { findHeader, isEnvelope } from './boundaries.ts';
import { charsetOf } from './charset.ts';
import { type Delimiters, readDelimiters } from './delimiters.ts';
import { type FieldSpan, firstRepetition, headerComponent, headerFields } from './header.ts';
import { identityOf } from './identity.ts';
import { hl7Leaves, type Reader, readText } from './leaves.ts';
import { openMultiByte } from './multibyte.ts';
import { typeOf } from './peek.ts';
import { type Tokens, tokenize } from './tokenize.ts';

/** How far into a body we look for a header before we say that it is not HL7 v2. */
const SNIFF = 8 * 1024;
const PIPE = 0x7c;
const ROUTING_FIELDS = [3, 4, 5, 6, 9, 10, 11, 12, 15, 16, 24] as const;

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
      parsed.push(message.parsed);
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

function parseMessage(source: Source, at: number): { parsed: Parsed; end: number } {
  const { buffer } = source;
  const delimiters = readDelimiters(buffer, at, buffer.length);
  if (delimiters === null) throw new RangeError(`no message header at ${at}`);
  const tokens = tokenize(buffer, at, buffer.length, delimiters);
  const fields = headerFields(buffer, at, tokens.end, delimiters);
  const field = (number: number): FieldSpan => fields[number] ?? { start: at, end: at, classes: 0 };
  const set = firstRepetition(buffer, field(18), delimiters);
  const declared = buffer.toString('latin1', set.start, set.end);
  const charset = charsetOf(declared, buffer.subarray(at, tokens.end), tokens.classes, source.transcoded);
  const reader: Reader = { source, delimiters, table: charset.table };
  const leaves = hl7Leaves(reader, tokens);
  const part = (number: number, component: number): string => {
    const span = headerComponent(buffer, field(number), component, delimiters);
    return readText(reader, span.start, span.end, span.classes);
  };
  const start = source.origin(at);
  const parsed = new ParsedOnDemand(
    {
      format: 'hl7v2',
      type: typeOf(part(9, 1), part(9, 2)),
      start,
      end: source.origin(tokens.end),
      leaves,
      coverage: coverageOf(source, at, tokens.end),
      problems: problemsOf(tokens, delimiters, charset.problem, start),
    },
    {
      identity: () => identityOf(leaves, tokens),
      routing: () => ({ fields: routingFields(reader, field), processing: part(11, 1) }),
    },
  );
  return { parsed, end: tokens.end };
}

/** Header fields decoded, whole, with the recommended delimiters in place of the sender's, so that a flow register needs no others. */
function routingFields(reader: Reader, field: (number: number) => FieldSpan): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const number of ROUTING_FIELDS) fields[`MSH-${number}`] = wholeField(reader, field(number));
  return fields;
}

function wholeField(reader: Reader, { start, end, classes }: FieldSpan): string {
  const { buffer } = reader.source;
  const { component, repetition, subcomponent } = reader.delimiters;
  let text = '';
  let from = start;
  for (let at = start; at < end; at++) {
    const byte = buffer[at];
    const mark = byte === component ? '^' : byte === repetition ? '~' : byte === subcomponent ? '&' : '';
    if (mark === '') continue;
    text += readText(reader, from, at, classes) + mark;
    from = at + 1;
  }
  return text + readText(reader, from, end, classes);
}

function problemsOf(tokens: Tokens, delimiters: Delimiters, charset: Problem | null, start: number): Problem[] {
  const problems: Problem[] = [];
  if (!delimiters.declared) {
    problems.push({
      code: 'hl7v2.delimiters',
      detail: 'MSH-2 is missing or names a delimiter twice; the recommended ones stand in',
      start,
    });
  }
  if (charset !== null) problems.push(charset);
  if (tokens.rawLines > 0) {
    problems.push({
      code: 'hl7v2.segment',
      detail: `${tokens.rawLines} line(s) are no segment; they are read as raw text`,
      start,
    });
  }
  if (tokens.full) {
    problems.push({
      code: 'hl7v2.size',
      detail: 'the message holds too many values to keep apart; the rest is read as raw text',
      start,
    });
  }
  return problems;
}
