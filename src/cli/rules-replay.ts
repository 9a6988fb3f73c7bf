import { Command, InvalidArgumentError } from 'commander';
import { type JudgeContext, judge } from '../../workers/judge.ts';
import type { Config } from '../config.ts';
import { keyringPlace } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { createTokenizer } from '../core/token.ts';
import type { MessageId } from '../core/vocabulary.ts';
import { ledgerPlace } from '../data-folder.ts';
import { compilePacks } from '../detect/compile.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { openKeyring } from '../keyring/open.ts';
import type { Ledger, ScanRow } from '../ledger/ledger.ts';
import { openLedger } from '../ledger/open.ts';
import type { RescanPlace } from '../ledger/rescan/store.ts';
import { createDataKeyReader } from '../ledger/vault/data-keys.ts';
import { open } from '../ledger/vault/seal.ts';
import { loadFlows } from '../policy/load.ts';
import { compileRegister, type Register } from '../policy/register.ts';
import { createRulesReplay, type Judgement, type RulesReplayed } from '../policy/replay-rules.ts';
import { readRuleFiles } from '../rule-files.ts';
import { type RuleFolders, readSiteRules } from '../site-rules.ts';
import { siteTuning } from '../tuning/site.ts';
import { configOf } from './load-config.ts';
import { tokenizersOf } from './site-overlays.ts';
import { table } from './table.ts';

/** Messages whose places are read at once. */
const PAGE = 200;

interface Asked {
  readonly rules?: string;
  readonly overlays?: string;
  readonly since?: number;
  readonly limit: number;
}

/** `rules replay`: what changed packs and overlays would make of the messages that the vault still holds. Nothing is written. */
export function replayCommand(write: (text: string) => void): Command {
  return new Command('replay')
    .description('what changed packs or overlays would make of the messages that the vault still holds; writes nothing')
    .option('--rules <dir>', 'folder of changed packs (default: that of the configuration)')
    .option('--overlays <dir>', 'folder of changed overlays (default: that of the configuration)')
    .option('--since <time>', 'accepted then or later: a day or a time, as 2026-11-24T08:00Z', time)
    .option('--limit <n>', 'most messages', positive, 10_000)
    .action(async (asked: Asked, self: Command) => {
      if (asked.rules === undefined && asked.overlays === undefined)
        throw new CordonError('usage', 'name what changed: --rules, --overlays or both');
      const { config } = configOf(self);
      const ledger = await openLedger({ ...ledgerPlace(config), migrate: false });
      try {
        write(described(await replayed(ledger, config, asked)));
      } finally {
        await ledger.close();
      }
    });
}

function time(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('a day (2026-11-24) or a time (2026-11-24T08:00Z) is needed');
  return at;
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1 is needed');
  return number;
}

async function replayed(ledger: Ledger, config: Config, { rules, overlays, since = 0, limit }: Asked): Promise<RulesReplayed> {
  const now = systemClock();
  const register = compileRegister(loadFlows(readRuleFiles(config.flows, 'flow policies')));
  const keyring = await openKeyring(keyringPlace(config), false);
  const inForce = { packs: config.packs, overlays: config.overlays };
  const before = contextOf(inForce, register, keyring, now);
  const after = contextOf({ packs: rules ?? inForce.packs, overlays: overlays ?? inForce.overlays }, register, keyring, now);
  const keyOf = createDataKeyReader((id) => ledger.vault.dataKey(id), keyring);
  const sum = createRulesReplay();
  for await (const id of kept(ledger, { since, until: now, flow: null }, limit)) {
    const message = await ledger.messages.load(id);
    // Its body went meanwhile.
    if (message === null) continue;
    const { provenance, quarantined, elided, inflated } = message;
    const bytes = open(message.chunks, await keyOf(message.dataKey), id);
    const judged = { id, body: { bytes, elided, inflated }, provenance, quarantined };
    sum.add(judgementOf(judge(judged, before, now)), judgementOf(judge(judged, after, now)));
    bytes.fill(0);
  }
  return sum.result();
}

/** What is known of legs and of patients is left out: it is the same on both sides. */
function contextOf(folders: RuleFolders, register: Register, keyring: Keyring, now: number): JudgeContext {
  const { packs, overlays } = readSiteRules(folders, new Set(register.flows.keys()), now);
  const ruleset = compilePacks(packs);
  const tuning = siteTuning(overlays, ruleset.digest, tokenizersOf(keyring));
  const tokenizer = createTokenizer(keyring.tokenKey);
  return { ruleset, register, tokenizer, retention: 0, ...(tuning === null ? {} : { tuning }) };
}

async function* kept(
  ledger: Ledger,
  filter: Parameters<Ledger['rescans']['count']>[0],
  limit: number,
): AsyncGenerator<MessageId> {
  let place: RescanPlace | null = null;
  for (let left = limit; left > 0; ) {
    const places: readonly RescanPlace[] = await ledger.rescans.next({ ...filter, place }, Math.min(PAGE, left));
    for (const { message } of places) yield message;
    place = places.at(-1) ?? null;
    left -= places.length;
    if (place === null) return;
  }
}

function judgementOf({ verdict, decision, findings }: ScanRow): Judgement {
  return { verdict, causes: decision.causes, rules: new Set(findings.map(({ rule }) => rule)) };
}

function described({ messages, newlyFlagged, noLongerFlagged, incidents, rules }: RulesReplayed): string {
  const head = `${messages} messages that the vault holds: ${newlyFlagged} newly flagged, ${noLongerFlagged} no longer\n`;
  const rows = [
    ...incidents.map(({ what, more, fewer }) => ['incident', what, `+${more}`, `-${fewer}`]),
    ...rules.map(({ what, more, fewer }) => ['rule', what, `+${more}`, `-${fewer}`]),
  ];
  const limits = 'The vault holds flagged messages and those that could not be scanned: what passed is not among them.\n';
  return `${head}${rows.length === 0 ? '' : table(['', 'WHAT', 'MESSAGES', ''], rows)}${limits}`;
}
