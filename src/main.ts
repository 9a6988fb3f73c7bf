import { OpenAPIHono } from '@hono/zod-openapi';
import { collectDefaultMetrics, Registry } from 'prom-client';
import packageJson from '../package.json' with { type: 'json' };
import { createScanPool } from '../workers/pool.ts';
import { proveApart } from '../workers/prove.ts';
import { acceptOf, observed, peek } from './accepting.ts';
import { startAuditLog } from './audit-log.ts';
import { checksOf } from './checks.ts';
import type { Config } from './config.ts';
import { tlsFiles } from './config-listeners.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { reasonOf } from './core/errors.ts';
import type { Accept, Incoming, Receipt } from './core/provenance.ts';
import { createCredentialsAlert } from './credentials-alert.ts';
import { openDataFolder } from './data-folder.ts';
import { peekDicom } from './formats/dicom/peek.ts';
import { serveDocs } from './ingest/docs.ts';
import type { IngestEvent, Report } from './ingest/events.ts';
import { createHealthApp } from './ingest/health.ts';
import { createIngestApp } from './ingest/http.ts';
import { createKeyCheck } from './ingest/keys.ts';
import { checkedLimits, createInFlight, createVaultQuota } from './ingest/limits.ts';
import { createIngestMetrics } from './ingest/metrics.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { Ledger } from './ledger/ledger.ts';
import { type Listening, openListeners } from './listeners.ts';
import type { Log } from './log.ts';
import { countLedger } from './metrics.ts';
import { openChannels } from './notices/open.ts';
import { loadFlows } from './policy/load.ts';
import { type Locations, loadLocations } from './policy/location.ts';
import { compileRegister, type Register } from './policy/register.ts';
import { createDispatch } from './queue/dispatch.ts';
import { openQueue } from './queue/open.ts';
import type { Queue } from './queue/queue.ts';
import { type Sweeper, startSweeper } from './queue/sweeper.ts';
import { openFeed } from './registry/feed.ts';
import { createReload } from './reload.ts';
import { does, type Role, requireEngines } from './roles.ts';
import { readRuleFiles } from './rule-files.ts';
import { countRules, type ReloadOutcome, type Rules, type RulesInForce, rulesInForce } from './rules-in-force.ts';
import { createTaken, poolOptions, startWork } from './scanning.ts';
import { startQuotaWatch, startSchedule } from './schedule.ts';
import { redisCa, redisUrl } from './service-urls.ts';
import { readSiteRules } from './site-rules.ts';
import { waitingFor } from './waiting.ts';
import { createWeb } from './web.ts';

/** Ids that are with the scan pool at once: enough to keep its threads in batches, few enough to bound memory. */
const SCANS_AT_ONCE = 256;

export interface AgentOptions {
  readonly log: Log;
  readonly clock?: Clock;
  /** What this process does of a cluster; `all` by default. */
  readonly role?: Role;
  /** Told of every message once it is durable; for the demo, which labels what it sends. It runs on the accept path. */
  readonly onAccepted?: (message: Incoming, receipt: Receipt) => void;
}

export interface Agent {
  readonly listening: readonly Listening[];
  readonly ledger: Ledger;
  readonly register: Register;
  readonly secure: boolean;
  /** Puts what the folders of rules hold now in force; where it does not load, nothing changes and the log says why. Never rejects. */
  reload(): Promise<ReloadOutcome>;
  /** Takes no more messages, answers what was read, ends workers, closes the ledger. What was not scanned stays pending. */
  close(): Promise<void>;
}

/**
 * Starts the agent on the engines that its configuration names, or of a cluster the one process that its role says. Throws CordonError with
 * what is in its way.
 */
export async function startAgent(
  config: Config,
  { log, clock = systemClock, role = 'all', onAccepted }: AgentOptions,
): Promise<Agent> {
  requireEngines(config, role);
  const flows = readRuleFiles(config.flows, 'flow policies');
  const register = compileRegister(loadFlows(flows));
  const known = new Set(register.flows.keys());
  const { warnings, ...first } = readSiteRules(config, known, clock());
  for (const warning of warnings) log('warn', 'overlay entry does nothing', { warning });
  const rules = rulesInForce(first);
  const locations = loadLocations(readRuleFiles(config.locations, 'locations'));
  const { keyring, ledger } = await openDataFolder(config, waitingFor(log));
  const closing: (() => Promise<void>)[] = [() => ledger.close()];
  const until = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    closing.push(() => part.close());
    return part;
  };
  const taken = createTaken();
  try {
    // Whatever comes first, ingest or worker: tokens of another keyring would compare with nothing.
    await ledger.vault.bindKeyring(keyring.id);
    until(await startAuditLog({ ledger, keyring, rules: rules.digest(), flows, part: role, clock, log }));
    let sweeper: Sweeper | null = null;
    let tell: (next: Rules) => void = () => {};
    const queue = role === 'web' ? null : until(await queueOf(config, keyring, log, () => sweeper?.now()));
    if (queue !== null && does(role, 'worker')) {
      const onCrash = (reason: string): void => log('warn', 'scan thread ended', { reason });
      const feed = await openFeed(ledger.registry, clock, (grown) => pool.grown(grown));
      const pool = createScanPool({
        ...poolOptions({ config, role, rules: rules.current(), flows, taken }),
        registry: feed.table.shared,
        onCrash,
      });
      tell = pool.rules;
      // Together, the queue first: it says that what the end of the pool cuts off was no failed attempt.
      closing.push(async () => void (await Promise.all([queue.close(), pool.close()])));
      const { retention } = config.ledger;
      const checks = checksOf({ config, register, ledger, keyring, clock });
      // Before the first scan: a message must not pass because nobody has looked yet at what is known.
      await ledger.desk.knowPacks(
        rules.current().packs.map(({ name }) => name),
        clock(),
      );
      const channels = openChannels(config, clock);
      const registry = { poll: () => feed.poll(), keep: config.registry.keep };
      until(
        await startSchedule({
          ledger,
          register,
          locations,
          checks,
          learn: pool.learn,
          scan: pool.scan,
          ruleset: rules.digest,
          retention,
          registry,
          channels,
          clock,
          log,
        }),
      );
      startWork({ queue, pool, ledger, feed: until(feed), clock, log });
      const onError = (error: unknown): void => log('warn', 'sweep failed', { reason: reasonOf(error) });
      sweeper = until(startSweeper({ queue, messages: ledger.messages, clock, onError }));
    }
    let accept: Accept | null = null;
    if (queue !== null && does(role, 'ingest')) {
      const quota = createVaultQuota(config.vault.quota);
      until(startQuotaWatch({ ledger, quota, log }));
      const kept = await acceptOf({ ledger, keyring, queue: until(createDispatch(queue)), quota, clock, log });
      accept = observed(kept, (message, receipt) => {
        taken.now();
        onAccepted?.(message, receipt);
      });
    }
    const registry = new Registry();
    const reload = createReload({
      rules,
      read: () => proveApart({ folders: { packs: config.packs, overlays: config.overlays }, flows: known, now: clock() }),
      tell,
      ledger,
      part: role,
      count: countRules(registry, rules),
      clock,
      log,
    });
    const listening = await listen({ config, registry, rules, role, ledger, keyring, register, locations, clock, log, accept });
    closing.push(async () => {
      await Promise.all(listening.map((listener) => listener.close()));
    });
    return { listening, ledger, register, secure: tlsFiles(config.http) !== null, reload, close: () => closeAll(closing) };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

function queueOf(config: Config, keyring: Keyring, log: Log, onBack: () => void): Promise<Queue> {
  return openQueue({
    url: redisUrl(config),
    ca: redisCa(config),
    // Ids of two ledgers must not meet.
    prefix: `cordon-${keyring.id}`,
    concurrency: SCANS_AT_ONCE,
    report: (event, reason) => {
      log(event === 'back' ? 'info' : 'warn', `queue ${event}`, reason === '' ? {} : { reason });
      if (event === 'back') onBack();
    },
  });
}

/** In the opposite order of opening. */
async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
}

interface ListenParts {
  readonly config: Config;
  readonly registry: Registry;
  readonly rules: RulesInForce;
  readonly role: Role;
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  readonly register: Register;
  readonly locations: Locations;
  /** Null where this process takes no messages. */
  readonly accept: Accept | null;
  readonly clock: Clock;
  readonly log: Log;
}

async function listen({
  config,
  registry,
  rules,
  role,
  ledger,
  keyring,
  register,
  locations,
  accept,
  clock,
  log,
}: ListenParts): Promise<Listening[]> {
  collectDefaultMetrics({ register: registry });
  countLedger(registry, ledger);
  const inFlight = createInFlight(config.inFlight);
  const limits = checkedLimits({ limit: config.limit, hardLimit: config.hardLimit });
  const count = createIngestMetrics(registry, inFlight);
  const alert = createCredentialsAlert(ledger, clock, log);
  const report: Report = (event) => {
    count(event);
    logEvent(event, log);
    if (event.kind === 'credentials') alert(event);
  };
  const checkKey = createKeyCheck((hash) => ledger.access.keyByHash(hash), clock);
  const failed = (error: unknown): void => log('error', 'request failed', { reason: reasonOf(error) });
  const ready = (): Promise<void> => ledger.ping();
  const app = new OpenAPIHono();
  const shared = accept === null ? null : { accept, peek, limits, inFlight, report, clock };
  if (shared !== null) {
    app.route('/', createIngestApp({ ...shared, peekDicom, name: 'http', checkKey, deadline: config.ackDeadline }));
  }
  app.route('/', createHealthApp({ ready, registry }));
  const web = does(role, 'web')
    ? createWeb({
        config,
        packs: () => rules.current().packs,
        overlays: () => rules.current().overlays,
        ledger,
        keyring,
        register,
        locations,
        clock,
        checkKey,
        report: failed,
        version: packageJson.version,
      })
    : null;
  if (web !== null) app.route('/', web.api);
  serveDocs(app, packageJson.version);
  if (web !== null) app.route('/', web.desk);
  return openListeners(config, shared, app.fetch);
}

function logEvent(event: IngestEvent, log: Log): void {
  if (event.kind === 'accepted') return;
  const { kind, ...facts } = event;
  log(kind === 'connection' ? 'debug' : 'warn', kind, facts);
}
