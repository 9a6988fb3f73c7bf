import { createSecretKey, randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { Body, Parsed } from '../core/format.ts';
import { NO_CLAIMS, type Provenance } from '../core/provenance.ts';
import type { Tokenizer, TokenKey } from '../core/token.ts';
import { createTokenizer } from '../core/token.ts';
import type { Finding, Problem, Reason, Sensitivity, Unexamined, Verdict } from '../core/vocabulary.ts';
import type { Ruleset } from '../detect/compile.ts';
import { claimsDeidentified } from '../detect/deidentified.ts';
import { toFinding } from '../detect/describe.ts';
import type { Detection } from '../detect/match.ts';
import { DEFAULT_BUDGET, detect } from '../detect/scan.ts';
import { addressRefusals } from '../formats/address-book.ts';
import { parseBody } from '../formats/registry.ts';
import { decideAlone } from '../policy/alone.ts';
import { type DecideInput, decide, isHeldDeidentified } from '../policy/decide.ts';
import type { Register } from '../policy/register.ts';
import type { Suppression } from '../policy/suppression.ts';
import { type Tuned, tune } from '../tuning/apply.ts';
import type { SiteTuning } from '../tuning/site.ts';
import { readBody } from './read-file.ts';

/** A finding, and the entry of an overlay that takes it out of the count. */
export type ScanFinding = Finding & { readonly suppressed?: string };

/** One message of a file, as `scan --format ndjson` prints it (DESIGN §6.1). */
export interface ScanLine {
  readonly file: string;
  /** Counts the lines of a file from 0. */
  readonly index: number;
  readonly format: string;
  readonly type: string;
  readonly bytes: number;
  readonly examined: number;
  readonly unexamined: readonly Unexamined[];
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  /** What makes the message sensitive. */
  readonly sensitivities: readonly Sensitivity[];
  readonly findings: readonly ScanFinding[];
  readonly problems: readonly Problem[];
  /** `ephemeral`: there was no keyring, so the tokens of this run compare with those of no other. */
  readonly tokens: 'keyring' | 'ephemeral';
}

export interface ScanContext {
  readonly ruleset: Ruleset;
  /** Null: findings are judged alone. */
  readonly flow: { readonly id: string; readonly register: Register } | null;
  /** Null: a fresh key for this run. */
  readonly tokenKey: TokenKey | null;
  /** What the site's overlays change; left out or null: nothing. */
  readonly tuning?: SiteTuning | null;
}

const NONE_SUPPRESSED: ReadonlyMap<number, Suppression> = new Map();

/** Files of `paths` in order, folders walked in the order of their names; `-` stays. Throws `usage` for a path that is not there. */
export function* filesOf(paths: readonly string[]): Generator<string> {
  for (const path of paths) {
    if (path === '-' || !isFolder(path)) {
      yield path;
      continue;
    }
    const entries = readdirSync(path, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
    for (const entry of entries) {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) yield* filesOf([inside]);
      else if (entry.isFile()) yield inside;
    }
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new CordonError('usage', `${path}: cannot be read (${reasonOf(error)})`, { cause: error });
  }
}

/** Scans one file after the other. A file that cannot be read is a line with a problem. */
export function createFileScan(context: ScanContext): (file: string) => Promise<ScanLine[]> {
  const tokens = context.tokenKey === null ? 'ephemeral' : 'keyring';
  const tokenizer = createTokenizer(context.tokenKey ?? { kid: 'ephemeral', key: createSecretKey(randomBytes(32)) });
  return async (file) => {
    let body: Body;
    try {
      body = await readBody(file);
    } catch (error) {
      return [unreadable(file, tokens, error)];
    }
    const refusals = addressRefusals();
    const parts = parseBody(body);
    const isWhole = addressRefusals() === refusals;
    const lead = parts.find((part) => part.format !== 'raw');
    return parts.map((parsed, index) => {
      const line = lineOf(parsed, lead, context, tokenizer);
      return { file, index, ...(isWhole ? line : withoutPlaces(parsed, line)), tokens };
    });
  };
}

/** Rules on places did not see all of it: it is not examined, whatever was found. */
function withoutPlaces({ start, end }: Parsed, line: Line): Line {
  const detail = 'more kinds of places, in all files, than one run tells apart: scan this one in a run of its own';
  return {
    ...line,
    examined: 0,
    unexamined: [{ start, end, reason: 'places' }],
    verdict: 'flagged',
    reasons: [...new Set([...line.reasons, 'unexamined' as const])],
    problems: [...line.problems, { code: 'places', detail }],
  };
}

type Line = Omit<ScanLine, 'file' | 'index' | 'tokens'>;

function lineOf(parsed: Parsed, lead: Parsed | undefined, context: ScanContext, tokenizer: Tokenizer): Line {
  const input = context.flow === null ? null : inputOf(parsed, lead, context.flow);
  const held = input === null ? claimsDeidentified(parsed) : isHeldDeidentified(input);
  const found = detect(parsed, context.ruleset, DEFAULT_BUDGET, held);
  const { detection, suppressed } = tuned(parsed, found, context);
  const { verdict, reasons } =
    input === null
      ? decideAlone(parsed, detection, (index) => suppressed.has(index))
      : decide({ ...input, detection, suppressed });
  const { coverage } = parsed;
  const skipped = detection.unexamined.reduce((sum, { start, end }) => sum + end - start, 0);
  return {
    format: parsed.format,
    type: parsed.type,
    bytes: coverage.bytes,
    examined: coverage.examined - skipped,
    unexamined: [...coverage.unexamined, ...detection.unexamined],
    verdict,
    reasons,
    sensitivities: detection.sensitivities,
    findings: detection.matches.map((match, index) => {
      const entry = suppressed.get(index)?.entry;
      return { ...toFinding(parsed, match, tokenizer), ...(entry === undefined ? {} : { suppressed: entry }) };
    }),
    problems: parsed.problems,
  };
}

/** Under the site's overlays, where it has any; without a flow those of flows do not hold. */
function tuned(parsed: Parsed, detection: Detection, { tuning: site, flow }: ScanContext): Tuned {
  if (site === undefined || site === null) return { detection, suppressed: NONE_SUPPRESSED };
  const { tuning, tokenizers } = site;
  return tune(tuning, detection, { parsed, flow: flow?.id ?? null, now: Date.now(), tokenizers });
}

/** A file has no connection: with a flow that is named, nothing of the provenance is looked at. */
const FROM_A_FILE: Omit<Provenance, 'receivedAt'> = {
  listener: 'file',
  protocol: 'http',
  peer: { address: '127.0.0.1', certificate: null, apiKey: null },
  tls: null,
  claims: NO_CLAIMS,
};

function inputOf(
  parsed: Parsed,
  lead: Parsed | undefined,
  flow: NonNullable<ScanContext['flow']>,
): Omit<DecideInput, 'detection'> {
  const now = Date.now();
  return {
    parsed,
    provenance: { ...FROM_A_FILE, receivedAt: now },
    register: flow.register,
    now,
    quarantined: lead === undefined,
    flow: flow.id,
    routing: (lead ?? parsed).routing,
  };
}

function unreadable(file: string, tokens: ScanLine['tokens'], error: unknown): ScanLine {
  return {
    file,
    index: 0,
    format: 'raw',
    type: '',
    bytes: 0,
    examined: 0,
    unexamined: [],
    verdict: 'flagged',
    reasons: ['flow.none', 'unexamined'],
    sensitivities: [],
    findings: [],
    problems: [{ code: 'file.unreadable', detail: reasonOf(error) }],
    tokens,
  };
}
