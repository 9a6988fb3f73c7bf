import type { Body, Format, Parsed, Routing } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { coverageOf, withElided } from '../coverage.ts';
import { ParsedOnDemand } from '../on-demand.ts';
import { rawParsed } from '../text/raw.ts';
import { openSource, type Source } from '../text/source.ts';
import { identityOf } from './identity.ts';
import { fhirLeaves, stringText } from './leaves.ts';
import { hasLines, lineEnd, skipMark, skipSpace } from './lines.ts';
import { rawJson } from './raw-json.ts';
import { resolve } from './resolve.ts';
import { tokenize } from './tokenize.ts';
import { NO_NAME, Node, type Tokens } from './tokens.ts';

/** How far into a body we look for a resource type before we take it for other JSON. */
const SNIFF = 8 * 1024;
const TYPE = '"resourceType"';
const OPEN = 0x7b;
const OPEN_ARRAY = 0x5b;

/** A body of empty resources must not become millions of messages; a nightly export in one file stays below. */
const MAX_RESOURCES = 100_000;

const TOO_MANY: Problem = {
  code: 'fhir.size',
  detail: `more than ${MAX_RESOURCES} resources in one body; the rest is read as raw text`,
};
const NO_RESOURCE: Problem = { code: 'fhir.resource', detail: 'no FHIR resource; read as raw text' };

/**
 * FHIR R4 and R5 in JSON: a resource, a Bundle, several one after the other, an array of them, or one a line (NDJSON, as bulk exports are). JSON that is
 * no FHIR is read here too, as format `raw`.
 */
export const fhir: Format = {
  name: 'fhir',

  sniff(bytes) {
    const { buffer } = openSource(bytes.subarray(0, SNIFF));
    const at = skipSpace(buffer, skipMark(buffer, 0), buffer.length);
    const typed = buffer.includes(TYPE);
    if (buffer[at] === OPEN || buffer[at] === OPEN_ARRAY) {
      if (typed) return 1;
      const next = buffer[skipSpace(buffer, at + 1, buffer.length)] ?? 0;
      return '"{}['.includes(String.fromCharCode(next)) ? 0.4 : 0;
    }
    return typed && hasLines(buffer, 0) ? 0.8 : 0;
  },

  parse(body: Body): Parsed[] {
    const source = openSource(body.bytes);
    const reading: Reading = { source, parsed: [], rawFrom: 0, full: false };
    const begin = skipMark(source.buffer, 0);
    if (hasLines(source.buffer, begin)) readLines(reading, begin);
    else readStream(reading, begin);
    flush(reading, source.buffer.length);
    const { parsed } = reading;
    return withElided(parsed.length === 0 ? [rawParsed(source, 0, 0, [])] : parsed, body.elided);
  },
};

interface Reading {
  readonly source: Source;
  readonly parsed: Parsed[];
  /** What begins here belongs to no resource so far. */
  rawFrom: number;
  full: boolean;
}

/** One resource a line: a line that is broken is its own matter. */
function readLines(reading: Reading, begin: number): void {
  const { buffer } = reading.source;
  for (let at = begin; at < buffer.length; ) {
    const next = lineEnd(buffer, at);
    const first = skipSpace(buffer, at, next);
    if (buffer[first] === OPEN) {
      const tokens = documentAt(reading, first, next);
      if (tokens !== null && isResource(tokens)) {
        const rest = skipSpace(buffer, tokens.end, next);
        take(reading, at === begin ? reading.rawFrom : at, rest < next ? tokens.end : next, tokens);
      }
    }
    at = next;
  }
}

/** Documents one after the other; the brackets and commas of an array of resources are no more than what stands between them. */
function readStream(reading: Reading, begin: number): void {
  const { buffer } = reading.source;
  let from = begin;
  for (let at = begin; at < buffer.length; ) {
    at = skipBetween(buffer, at);
    if (buffer[at] !== OPEN) {
      // Something else: it is no resource's up to the next line that begins with one.
      at = lineEnd(buffer, at);
      from = at;
      continue;
    }
    const tokens = documentAt(reading, at, buffer.length);
    if (tokens === null) return;
    if (!isResource(tokens)) {
      if (tokens.stopped !== null) return;
      at = tokens.end;
      from = at;
      continue;
    }
    const end = skipBetween(buffer, tokens.end);
    const last = tokens.stopped === null ? end : tokens.end;
    take(reading, reading.parsed.length === 0 && from === begin ? reading.rawFrom : from, last, tokens);
    if (tokens.stopped !== null) return;
    at = end;
    from = end;
  }
}

function skipBetween(buffer: Buffer, from: number): number {
  let at = from;
  while (at < buffer.length && ' \t\r\n,[]'.includes(String.fromCharCode(buffer[at] ?? 0))) at++;
  return at;
}

/** The document at an offset; null where there have been too many. */
function documentAt(reading: Reading, at: number, to: number): Tokens | null {
  reading.full = reading.parsed.length >= MAX_RESOURCES;
  if (reading.full) return null;
  return tokenize(reading.source.buffer, at, to);
}

const isResource = ({ nodes }: Tokens): boolean => (nodes[Node.resource] ?? NO_NAME) !== NO_NAME;

function take(reading: Reading, from: number, to: number, tokens: Tokens): void {
  flush(reading, from);
  reading.parsed.push(resourceParsed(reading.source, from, to, tokens));
  reading.rawFrom = to;
}

/** What lies before an offset and is no resource: other JSON where it is sound, else text. */
function flush(reading: Reading, to: number): void {
  const { source, parsed, rawFrom, full } = reading;
  if (rawFrom >= to) return;
  const { buffer } = source;
  const first = buffer[skipSpace(buffer, skipMark(buffer, rawFrom), to)];
  if ((first === OPEN || first === OPEN_ARRAY) && !full) {
    const tokens = tokenize(buffer, skipMark(buffer, rawFrom), to, true);
    if (tokens.faults === 0 && tokens.stopped === null) {
      parsed.push(rawJson(source, rawFrom, to, tokens));
      return;
    }
  }
  const isBlank = skipSpace(buffer, rawFrom, to) === to;
  parsed.push(rawParsed(source, rawFrom, to, full ? [TOO_MANY] : isBlank || parsed.length === 0 ? [] : [NO_RESOURCE]));
}

function resourceParsed(source: Source, from: number, to: number, tokens: Tokens): Parsed {
  const { buffer } = source;
  const { columns, nodes, nameOf } = tokens;
  const textOf = (leaf: number): string =>
    stringText(buffer, columns.start[leaf] ?? 0, columns.end[leaf] ?? 0, columns.classes[leaf] ?? 0);
  const places = resolve(buffer, tokens, textOf);
  const leaves = fhirLeaves(source, tokens, places);
  return new ParsedOnDemand(
    {
      format: 'fhir',
      type: nameOf(nodes[Node.resource] ?? NO_NAME),
      start: source.origin(from),
      end: source.origin(to),
      leaves,
      coverage: coverageOf(source, from, to),
      problems: problemsOf(tokens, source.origin(from)),
    },
    { identity: () => identityOf(leaves, tokens, places), routing: () => routingOf(leaves) },
  );
}

/** What a message says of its way: FHIR messaging (MessageHeader), and the system that a resource was taken from. */
const ROUTING = new Set([
  'MessageHeader.source.endpoint',
  'MessageHeader.source.name',
  'MessageHeader.destination.endpoint',
  'MessageHeader.destination.name',
  'Bundle.meta.source',
  'Bundle.identifier.value',
  'Bundle.id',
]);
/** They stand at the beginning. */
const ROUTING_WITHIN = 4096;

function routingOf(leaves: Parsed['leaves']): Routing {
  const fields: Record<string, string> = {};
  for (let leaf = 0; leaf < Math.min(leaves.count, ROUTING_WITHIN); leaf++) {
    const { path } = leaves.addressOf(leaf);
    if (ROUTING.has(path)) fields[path] ??= leaves.text(leaf);
  }
  return { fields, processing: '' };
}

function problemsOf({ faults, stopped }: Tokens, start: number): Problem[] {
  const problems: Problem[] = [];
  if (faults > 0)
    problems.push({ code: 'fhir.syntax', detail: `${faults} place(s) are no JSON; they are read as values`, start });
  if (stopped === 'depth')
    problems.push({ code: 'fhir.depth', detail: 'objects are nested too deep; the rest is read as raw text', start });
  if (stopped === 'size')
    problems.push({
      code: 'fhir.size',
      detail: 'the resource holds too many values to keep apart; the rest is read as raw text',
      start,
    });
  return problems;
}
