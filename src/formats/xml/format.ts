import type { Body, Format, Parsed } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { coverageOf, withElided } from '../coverage.ts';
import { looksLikeMarkup } from '../embedded/markup.ts';
import { identityOf as identityOfV2 } from '../hl7v2/identity.ts';
import { ParsedOnDemand } from '../on-demand.ts';
import { rawParsed } from '../text/raw.ts';
import { openSource, type Source } from '../text/source.ts';
import { CLINICAL_DOCUMENT } from './addresses.ts';
import { identityOf } from './identity.ts';
import { pathReader, resolve, treeOf, xmlLeaves } from './leaves.ts';
import { LESS, startsWith } from './markup.ts';
import { NODE_WIDTH, Node, type Tokens } from './nodes.ts';
import { tableOf } from './text.ts';
import { tokenize } from './tokenize.ts';
import { isV2, resolveV2, v2Header, v2Path } from './v2.ts';

const SNIFF = 8 * 1024;
/** A body of empty documents must not become millions of messages. */
const MAX_DOCUMENTS = 100_000;
const ROOT = /^(?:<\?xml[\s?]|<!--|<!DOCTYPE\s+(?!html)|<[A-Za-z_][\w.-]{0,80}(?::[\w.-]{1,80})?(?:\s|\/?>|$))/i;
const HTML = /<(?:!DOCTYPE\s+)?html[\s>]/i;

const TOO_MANY: Problem = {
  code: 'xml.size',
  detail: `more than ${MAX_DOCUMENTS} documents in one body; the rest is read as raw text`,
};

/** XML 1.0: CDA R2 as format `cda`, everything else (HL7 v3 messages, the XML encoding of HL7 v2, a vendor's own) as `xml`. HTML is left to be read as text. */
export const xml: Format = {
  name: 'xml',

  sniff(bytes) {
    const { buffer } = openSource(bytes.subarray(0, SNIFF));
    const at = skipBlank(buffer, 0);
    if (buffer[at] !== LESS || looksLikeMarkup(buffer)) return 0;
    const head = buffer.toString('latin1', at, Math.min(buffer.length, at + 1024));
    if (!ROOT.test(head) || HTML.test(head)) return 0;
    return head.startsWith('<?xml') ? 0.95 : 0.9;
  },

  parse(body: Body): Parsed[] {
    const source = openSource(body.bytes);
    const { buffer } = source;
    const parsed: Parsed[] = [];
    for (let at = 0; at < buffer.length; ) {
      const full = parsed.length >= MAX_DOCUMENTS;
      const first = skipBlank(buffer, at);
      const tokens = buffer[first] === LESS && !full ? tokenize(buffer, first) : null;
      if (tokens === null || tokens.nodes.length === 0) {
        // What was read without meeting an element has none.
        const found = full ? -1 : buffer.indexOf('<?xml', tokens?.end ?? first + 1, 'latin1');
        const end = found < 0 ? buffer.length : found;
        parsed.push(rawParsed(source, at, end, full ? [TOO_MANY] : []));
        at = end;
        continue;
      }
      const end = tokens.stopped === null ? skipBlank(buffer, tokens.end) : tokens.end;
      parsed.push(documentParsed(source, at, end, tokens));
      at = end;
      // What is nested too deep does not begin a document of its own.
      if (tokens.stopped !== null && at < buffer.length) {
        parsed.push(rawParsed(source, at, buffer.length, []));
        at = buffer.length;
      }
    }
    return withElided(parsed.length === 0 ? [rawParsed(source, 0, 0, [])] : parsed, body.elided);
  },
};

/** Past a byte order mark, white space and the bytes that MLLP frames a message with. */
function skipBlank(buffer: Buffer, from: number): number {
  let at = startsWith(buffer, from, '\xef\xbb\xbf') ? from + 3 : from;
  while (at < buffer.length && (buffer[at] ?? 0) <= 0x20 && buffer[at] !== 0) at++;
  return at;
}

function documentParsed(source: Source, from: number, to: number, tokens: Tokens): Parsed {
  if (isV2(tokens)) return v2Parsed(source, from, to, tokens);
  const places = resolve(tokens);
  const table = tableOf(tokens.encoding);
  const leaves = xmlLeaves(source, tokens, table, treeOf(tokens, places), pathReader(tokens));
  const root = tokens.names.shown(tokens.nodes[Node.name] ?? 0);
  const start = source.origin(from);
  return new ParsedOnDemand(
    {
      format: root === CLINICAL_DOCUMENT ? 'cda' : 'xml',
      type: root === CLINICAL_DOCUMENT ? root : '',
      start,
      end: source.origin(to),
      leaves,
      coverage: coverageOf(source, from, to),
      problems: problemsOf(tokens, start),
    },
    { identity: () => identityOf(leaves, tokens, places), routing: () => ({ fields: {}, processing: '' }) },
  );
}

/** A message of HL7 v2 in its XML encoding. Its leaves lie in no lines, which is what tells segments apart elsewhere, so they go by their paths. */
function v2Parsed(source: Source, from: number, to: number, tokens: Tokens): Parsed {
  const places = resolve(tokens);
  const v2 = resolveV2(tokens);
  const plain = pathReader(tokens);
  const path = (leaf: number): string => v2Path(v2, tokens, leaf) ?? plain(leaf);
  const leaves = { ...xmlLeaves(source, tokens, tableOf(tokens.encoding), treeOf(tokens, places), path), ascii: undefined };
  const start = source.origin(from);
  return new ParsedOnDemand(
    {
      format: 'xml',
      type: v2Header(leaves, v2).type,
      start,
      end: source.origin(to),
      leaves,
      coverage: coverageOf(source, from, to),
      problems: problemsOf(tokens, start),
    },
    {
      identity: () => identityOfV2(leaves, { segments: v2.segments, columns: v2 }),
      routing: () => v2Header(leaves, v2).routing,
    },
  );
}

function problemsOf({ faults, stopped, nodes }: Tokens, start: number): Problem[] {
  const problems: Problem[] = [];
  if (faults > 0)
    problems.push({
      code: 'xml.syntax',
      detail: `${faults} place(s) are no well-formed XML; they are read as what they look like`,
      start,
    });
  if (stopped === 'depth')
    problems.push({ code: 'xml.depth', detail: 'elements are nested too deep; the rest is read as raw text', start });
  if (stopped === 'size')
    problems.push({
      code: 'xml.size',
      detail: `the document holds too many values to keep apart (${nodes.length / NODE_WIDTH} elements); the rest is read as raw text`,
      start,
    });
  return problems;
}
