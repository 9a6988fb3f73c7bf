import type { Leaves, Parsed } from '../../core/format.ts';
import type { Problem, Span, Unexamined } from '../../core/vocabulary.ts';
import { uncovered } from '../coverage.ts';
import { ParsedOnDemand } from '../on-demand.ts';
import { type Allowance, MAX_DEPTH, spend } from './allowance.ts';
import type { Candidate } from './candidate.ts';
import { findCandidates } from './candidates.ts';
import { type InnerPart, joinLeaves } from './joined-leaves.ts';
import { type ParseInner, readDocument } from './read.ts';

/** Pixels inside a document are what flows accept without saying so; anything else must not hide behind them. */
const ACCEPTED = 'pixel-data';

/**
 * Opens the documents inside a message: base64 in its values, and what its format found as it is (`documents`). Their leaves come after
 * the message's own, and whom they name is looked for outside of them as well. What can't be read counts as unexamined, over the bytes that
 * hold it. A message without documents is returned as it is.
 */
export function openEmbedded(parsed: Parsed, allowance: Allowance, parse: ParseInner): Parsed {
  const found = findCandidates(parsed.leaves, allowance.purse.bytes);
  const { documents = [] } = parsed;
  if (found.length === 0 && documents.length === 0) return parsed;
  const opening: Opening = { parts: [], sources: [], unread: [], problems: [], sealed: [] };
  for (const { leaf, bytes, spans } of documents) {
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [span, ...more] = spans;
    // Where the body holds the bytes as they are, what is in them has a place in the body.
    const isWhole = span !== undefined && more.length === 0 && span.end - span.start === whole.length;
    const offset = isWhole ? span.start : undefined;
    open(opening, { leaf, sealed: [leaf], spans, bytes: whole, makesSense: true, offset }, allowance, parse);
  }
  for (const candidate of found) open(opening, candidate, allowance, parse);
  return withInner(parsed, opening);
}

/** A body that is a compressed file or an archive: its leaves are those of what is in it. */
export function openBody(bytes: Buffer, parsed: Parsed, allowance: Allowance, parse: ParseInner): Parsed {
  const opening: Opening = { parts: [], sources: [], unread: [], problems: [], sealed: [] };
  const spans = [{ start: parsed.start, end: parsed.end }];
  open(opening, { leaf: -1, sealed: [], spans, bytes, makesSense: true }, allowance, parse);
  return withInner({ ...parsed, leaves: NO_LEAVES }, opening);
}

const NO_LEAVES: Leaves = {
  count: 0,
  address: new Int32Array(0),
  start: new Int32Array(0),
  end: new Int32Array(0),
  classes: new Uint16Array(0),
  addressOf: (leaf) => {
    throw new RangeError(`there is no leaf ${leaf}`);
  },
  text: () => '',
  path: () => '',
  spanOf: () => null,
};

interface Opening {
  readonly parts: InnerPart[];
  /** What each part was made of, for whom it names. */
  readonly sources: Parsed[];
  readonly unread: Unexamined[];
  readonly problems: Problem[];
  readonly sealed: number[];
}

const NOWHERE: Pick<Candidate, 'offset' | 'locate'> = {};

function open(opening: Opening, candidate: Candidate, allowance: Allowance, parse: ParseInner): void {
  const { leaf, bytes, spans } = candidate;
  const reason = refusal(candidate, allowance);
  if (reason !== null && candidate.isReadAnyway === true) return;
  opening.sealed.push(...candidate.sealed);
  if (reason !== null || bytes === null) {
    unread(opening, spans, reason ?? 'decoded-cap');
    return;
  }
  allowance.purse.documents--;
  try {
    const { parts, reasons } = readDocument(bytes, allowance, parse);
    for (const { prefix, parsed, asIs } of parts) {
      const { offset, locate } = asIs === true ? candidate : NOWHERE;
      opening.parts.push({ host: leaf, spans, prefix, leaves: parsed.leaves, offset, locate });
      opening.sources.push(parsed);
      opening.problems.push(
        ...parsed.problems.map(({ code, detail }) => ({ code, detail: `in an embedded document: ${detail}` })),
      );
    }
    const all = [...reasons, ...parts.flatMap(({ parsed }) => parsed.coverage.unexamined.map((span) => span.reason))];
    const [first] = all;
    if (first !== undefined) unread(opening, spans, all.find((each) => each !== ACCEPTED) ?? first);
  } catch (thrown) {
    // The kind of error only: its text may hold what the reader choked on.
    const kind = thrown instanceof Error ? thrown.name : typeof thrown;
    opening.problems.push({ code: 'parser.failed', detail: `an embedded document could not be read (${kind})` });
    unread(opening, spans, 'encapsulated');
  }
}

function refusal({ bytes, makesSense }: Candidate, allowance: Allowance): string | null {
  if (bytes === null || allowance.purse.documents <= 0 || !spend(allowance, bytes.length)) return 'decoded-cap';
  if (allowance.depth >= MAX_DEPTH) return 'too-deep';
  return makesSense ? null : 'encapsulated';
}

function unread({ unread }: Opening, spans: readonly Span[], reason: string): void {
  unread.push(...spans.map(({ start, end }) => ({ start, end, reason })));
}

/** Problems of inner documents that are kept: a thousand damaged ones say no more than a few. */
const MAX_PROBLEMS = 100;

function withInner(parsed: Parsed, { parts, sources, unread, problems, sealed }: Opening): Parsed {
  const leaves = joinLeaves(parsed.leaves, sealed, parts);
  return new ParsedOnDemand(
    {
      format: parsed.format,
      type: parsed.type,
      start: parsed.start,
      end: parsed.end,
      leaves,
      coverage: uncovered(parsed.coverage, unread),
      problems: problems.length === 0 ? parsed.problems : [...parsed.problems, ...problems.slice(0, MAX_PROBLEMS)],
    },
    {
      identity: () => ({ values: joinedIdentity(parsed, parts, sources) }),
      routing: () => parsed.routing,
    },
  );
}

/** Whom the message names, then whom the documents name besides, each value once. */
function joinedIdentity(parsed: Parsed, parts: readonly InnerPart[], sources: readonly Parsed[]): Parsed['identity']['values'] {
  const own = parsed.identity.values;
  const values = [...own];
  const seen = new Set(own.map(({ kind, parts: words }) => `${kind}\0${words.join('\0').toUpperCase()}`));
  let first = parsed.leaves.count;
  parts.forEach(({ leaves }, index) => {
    for (const value of sources[index]?.identity.values ?? []) {
      const key = `${value.kind}\0${value.parts.join('\0').toUpperCase()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      values.push({ ...value, leaf: value.leaf < 0 ? value.leaf : first + value.leaf });
    }
    first += leaves.count;
  });
  return values;
}
