import type { Identity, IdentityValue, Parsed } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { coverageOf } from '../coverage.ts';
import { ParsedOnDemand } from '../on-demand.ts';
import { createSeen } from '../seen-values.ts';
import type { Source } from '../text/source.ts';
import { charsetOf } from './charset.ts';
import { type Delimiters, readDelimiters } from './delimiters.ts';
import { type FieldSpan, firstRepetition, headerComponent, headerFields } from './header.ts';
import { identityOf } from './identity.ts';
import { hl7Leaves, type Reader, readText } from './leaves.ts';
import { typeOf } from './peek.ts';
import { type Tokens, tokenize } from './tokenize.ts';

const ROUTING_FIELDS = [3, 4, 5, 6, 9, 10, 11, 12, 15, 16, 24] as const;

/** A message's header: where it stands, and its fields. */
interface Header {
  readonly at: number;
  readonly delimiters: Delimiters;
  readonly field: (number: number) => FieldSpan;
}

/** What each part says of people, made when somebody asks. */
type People = (() => Identity)[];

interface Message {
  readonly parts: readonly Parsed[];
  /** Where it ends in the source. */
  readonly end: number;
}

/**
 * Reads the message whose header is at `at`: one part, and further ones where it holds more values than columns keep together. Each part has the
 * header's routing and type, and the identity of them all, so that a name in the last is looked for in the first.
 */
export function parseMessage(source: Source, at: number): Message {
  const { buffer } = source;
  const delimiters = readDelimiters(buffer, at, buffer.length);
  if (delimiters === null) throw new RangeError(`no message header at ${at}`);
  const people: People = [];
  let tokens = tokenize(buffer, at, buffer.length, delimiters);
  const fields = headerFields(buffer, at, tokens.end, delimiters);
  const header: Header = { at, delimiters, field: (number) => fields[number] ?? { start: at, end: at, classes: 0 } };
  const parts = [parsePart(source, header, at, tokens, people)];
  while (tokens.more) {
    const from = tokens.end;
    tokens = tokenize(buffer, from, buffer.length, delimiters, true);
    parts.push(parsePart(source, header, from, tokens, people));
  }
  return { parts, end: tokens.end };
}

function parsePart(source: Source, header: Header, from: number, tokens: Tokens, people: People): Parsed {
  const { delimiters, field } = header;
  const set = firstRepetition(source.buffer, field(18), delimiters);
  const declared = source.buffer.toString('latin1', set.start, set.end);
  const charset = charsetOf(declared, source.buffer.subarray(from, tokens.end), tokens.classes, source.transcoded);
  const reader: Reader = { source, delimiters, table: charset.table };
  const leaves = hl7Leaves(reader, tokens);
  const part = (number: number, component: number): string => {
    const span = headerComponent(source.buffer, field(number), component, delimiters);
    return readText(reader, span.start, span.end, span.classes);
  };
  let own: Identity | null = null;
  const said = (): Identity => {
    own ??= identityOf(leaves, tokens);
    return own;
  };
  people.push(said);
  const start = source.origin(from);
  return new ParsedOnDemand(
    {
      format: 'hl7v2',
      type: typeOf(part(9, 1), part(9, 2)),
      start,
      end: source.origin(tokens.end),
      leaves,
      coverage: coverageOf(source, from, tokens.end),
      problems: problemsOf(tokens, from === header.at ? delimiters : null, charset.problem, start),
    },
    {
      identity: () => (people.length === 1 ? said() : identityOfAll(said, people)),
      routing: () => ({ fields: routingFields(reader, field), processing: part(11, 1) }),
    },
  );
}

/** What one part says of people, then what the others say besides: of that there is no leaf in this one. */
function identityOfAll(own: () => Identity, people: People): Identity {
  const isNew = createSeen();
  const values: IdentityValue[] = [];
  for (const said of [own, ...people.filter((other) => other !== own)]) {
    for (const value of said().values) {
      if (isNew(value, values)) values.push(said === own ? value : { ...value, leaf: -1 });
    }
  }
  return { values };
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

/** `delimiters` is null for a part after the first, whose header was spoken of already. */
function problemsOf(tokens: Tokens, delimiters: Delimiters | null, charset: Problem | null, start: number): Problem[] {
  const problems: Problem[] = [];
  if (delimiters?.declared === false) {
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
  if (tokens.more) {
    problems.push({
      code: 'hl7v2.size',
      detail: 'the message holds more values than are kept together; it is read in parts, and no rule sees two of them at once',
      start,
    });
  }
  return problems;
}
