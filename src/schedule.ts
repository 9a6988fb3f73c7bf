import { randomUUID } from 'node:crypto';
import { readEvidence } from '../workers/flow-evidence.ts';
import { letGo } from '../workers/leave.ts';
import { notify } from '../workers/notify.ts';
import { createProbes, type Probes } from '../workers/probe.ts';
import { rescan } from '../workers/rescan.ts';
import { type Retained, retain } from '../workers/retain.ts';
import { watch } from '../workers/watch.ts';
import type { Checks } from './checks.ts';
import { SYSTEM } from './core/audit.ts';
import type { Clock } from './core/clock.ts';
import { reasonOf } from './core/errors.ts';
import type { MessageId } from './core/vocabulary.ts';
import type { VaultQuota } from './ingest/limits.ts';
import type { Notice } from './ledger/desk/notice.ts';
import type { Ledger, ScanRow } from './ledger/ledger.ts';
import { allLocations } from './lineage/places/places.ts';
import type { Log } from './log.ts';
import type { Channel } from './notices/channel.ts';
import { claimTarget } from './policy/leg-claim.ts';
import type { Locations } from './policy/location.ts';
import type { Register } from './policy/register.ts';
import type { KnownFlows } from './policy/standing.ts';
import type { Feed } from './registry/feed.ts';

const QUOTA_EVERY = 5_000;
const WATCH_EVERY = 30_000;
const RETAIN_EVERY = 60_000;
const CHECK_EVERY = 5_000;
const DESK_EVERY = 5_000;
const REGISTRY_EVERY = 2_000;
const RESCAN_EVERY = 2_000;
const LET_GO_EVERY = 3_600_000;

export interface ScheduleDeps {
  readonly ledger: Ledger;
  readonly register: Register;
  readonly locations: Locations;
  /** What is had evidence of, one round of each at a time: endpoints, and the places that there are now. */
  readonly checks: { readonly transit: Checks; readonly rest: (places: Locations) => Checks };
  /** Told what is known of flows, each time before incidents are made of it. */
  readonly learn: (known: KnownFlows) => void;
  /** Judges a message by the rules in force. */
  readonly scan: (id: MessageId) => Promise<ScanRow | null>;
  /** Digest of those rules. */
  readonly ruleset: () => string;
  /** Milliseconds that rows of messages are kept. */
  readonly retention: number;
  /** What is known of patients, and milliseconds that it stays without being taught again. */
  readonly registry: Pick<Feed, 'poll'> & { readonly keep: number };
  /** How people are told of what needs them. */
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Tasks that run again and again; `close` waits for what runs. */
export interface Schedule {
  close(): Promise<void>;
}

/** Measures the vault for whoever takes messages: other processes fill it too, and retention empties it. */
export function startQuotaWatch({ ledger, quota, log }: { ledger: Ledger; quota: VaultQuota; log: Log }): Schedule {
  return { close: repeat('quota', QUOTA_EVERY, log, async () => quota.measured(await ledger.vault.size())).stop };
}

/**
 * What workers do beside scanning; a round that is still running is not started twice. Where several processes do it, they share the checks,
 * and of the rest once is enough and twice harmless. Resolves when the first look at what is known is over.
 */
export async function startSchedule(deps: ScheduleDeps): Promise<Schedule> {
  const { ledger, register, locations, checks, learn, retention, registry, channels, clock, log, scan, ruleset } = deps;
  const since = clock();
  const ending = new AbortController();
  const worker = randomUUID();
  const claims = [...register.flows.keys()].map(claimTarget);
  const rest = restOf(checks.rest, locations, ledger);
  const logRetained = retentionLog(log);
  const watching = repeat('watch', WATCH_EVERY, log, async () => {
    const now = clock();
    // Those of the API are described while the agent runs.
    const described = allLocations(locations, await ledger.places.list());
    const evidence = await readEvidence(register, { evidence: ledger.evidence, locations: described, since }, now);
    learn(evidence);
    await watch({ ledger, register, evidence, since }, now);
  });
  await watching.round();
  const tasks = [
    watching,
    ...Object.entries({ transit: async () => checks.transit, rest }).map(([name, current]) => {
      const onFailure = (target: string, reason: string): void => log('warn', 'check failed', { target, reason });
      let known: { readonly of: Checks; readonly probes: Probes } | null = null;
      return repeat(`checks of ${name}`, CHECK_EVERY, log, async () => {
        const of = await current();
        // What it knew of turns is in the ledger too: evidence that still holds is not had again.
        if (known?.of !== of) known = { of, probes: createProbes({ ...of, evidence: ledger.evidence, clock, onFailure }) };
        const { probes } = known;
        const asked = await probes.round(ending.signal);
        if (asked === 0 || ending.signal.aborted) return;
        log('info', 'checked', { kind: name, targets: asked });
        // What was just learnt is judged now, by a round that begins after it.
        await watching.anew();
      });
    }),
    repeat('retain', RETAIN_EVERY, log, async () => {
      logRetained(await retain(ledger, clock(), retention));
      const identifiers = await ledger.registry.drop(clock() - registry.keep, clock());
      if (identifiers > 0) log('info', 'registry let go', { identifiers });
    }),
    repeat('rescan', RESCAN_EVERY, log, () =>
      rescan(
        {
          ...{ rescans: ledger.rescans, scan, worker, clock },
          onFailure: (id, reason) => log('warn', 'not judged anew', { id, reason }),
          onDone: async ({ id, judged, changed, unsupported, failed }) => {
            const detail = { judged, changed, unsupported, failed, rules: ruleset() };
            await ledger.audit.append({
              at: clock(),
              actor: SYSTEM,
              role: SYSTEM,
              action: 'rescan.done',
              object: `rescan:${id}`,
              detail,
            });
            log('info', 'rescan done', detail);
          },
        },
        ending.signal,
      ),
    ),
    repeat('registry', REGISTRY_EVERY, log, () => registry.poll()),
    repeat('desk', DESK_EVERY, log, async () => {
      const { admitted, overdue } = await ledger.desk.round(clock());
      if (admitted + overdue > 0) log('info', 'incidents need somebody', { admitted, overdue });
    }),
    repeat('notices', DESK_EVERY, log, async () => {
      const onFailure = ({ id, channel }: Notice, reason: string, next: number | null): void =>
        log(next === null ? 'error' : 'warn', next === null ? 'notice given up' : 'notice not sent', { id, channel, reason });
      await notify({ desk: ledger.desk, channels, clock, onFailure }, ending.signal);
    }),
    repeat('letting go of evidence', LET_GO_EVERY, log, async () => {
      const named = new Set([...checks.transit.targets, ...(await rest()).targets, ...claims]);
      const statements = await letGo({ evidence: ledger.evidence, named }, clock());
      if (statements > 0) log('info', 'evidence let go', { statements });
    }),
  ];
  return {
    async close() {
      ending.abort();
      await Promise.all(tasks.map(({ stop }) => stop()));
      for (const channel of channels) channel.close();
    },
  };
}

/** Checks of the places of files and of the API, made anew where somebody described one over the API since. */
function restOf(
  checksOf: (places: Locations) => Checks,
  locations: Locations,
  ledger: Pick<Ledger, 'places'>,
): () => Promise<Checks> {
  let known: { readonly made: string; readonly checks: Checks } | null = null;
  return async () => {
    const places = await ledger.places.list();
    const made = JSON.stringify(places);
    if (known?.made !== made) known = { made, checks: checksOf(allLocations(locations, places)) };
    return known.checks;
  };
}

/** What went, and what should have gone: the latter when it changes, not with every round. */
function retentionLog(log: Log): (retained: Retained) => void {
  let known = '0 0';
  return ({ bodies, keys, messages, incidents, pending, failed }) => {
    if (bodies + keys + messages + incidents > 0) log('info', 'retained', { bodies, keys, messages, incidents });
    const held = `${pending} ${failed}`;
    if (held !== known && pending > 0)
      log('error', 'messages past ledger.retention were never scanned: they are kept', { pending });
    if (held !== known && failed > 0) {
      log('warn', 'messages past ledger.retention could not be scanned: close their incidents to let them go', { failed });
    }
    known = held;
  };
}

interface Repeated {
  /** Runs a round now, or waits for the one that runs. Never rejects: what went wrong is logged. */
  round(): Promise<void>;
  /** Runs a round that begins after this call. */
  anew(): Promise<void>;
  stop(): Promise<void>;
}

function repeat(name: string, interval: number, log: Log, run: () => Promise<void>): Repeated {
  let running: Promise<void> | null = null;
  const round = (): Promise<void> => {
    running ??= run()
      .catch((error: unknown) => log('error', `${name} failed`, { reason: reasonOf(error) }))
      .finally(() => {
        running = null;
      });
    return running;
  };
  void round();
  const timer = setInterval(() => void round(), interval);
  return {
    round,
    async anew() {
      await running;
      await round();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
