import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { watch } from '../../workers/watch.ts';
import type { Config } from '../config.ts';
import { publicOrigin } from '../config-listeners.ts';
import type { LoadedConfig } from '../config-read.ts';
import { systemClock } from '../core/clock.ts';
import type { MessageId } from '../core/vocabulary.ts';
import { sendDimse, sendStow } from '../demo/dicom/send.ts';
import { createHospital, type Hospital, labelsOf } from '../demo/hospital.ts';
import { compare, type Found, type FoundMessage, formatReport } from '../demo/report.ts';
import { sendHttp, sendMllp } from '../demo/send.ts';
import { peekDicom } from '../formats/dicom/peek.ts';
import { peekHl7 } from '../formats/hl7v2/peek.ts';
import { makeKey } from '../ingest/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createLog } from '../log.ts';
import { type Agent, startAgent } from '../main.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { createSignInLink } from '../review/auth.ts';
import { systemName, titleOf } from '../review/titles.ts';
import { configOf } from './load-config.ts';
import { createProgress } from './progress.ts';
import { ended, originOf, ownChange } from './start.ts';

const FLOWS = new URL('../demo/flows', import.meta.url).pathname;
const LOCATIONS = new URL('../demo/locations', import.meta.url).pathname;

/** Longer than any `silentAfter` of the demo's flows (PT5S), so that a feed that stopped is silent by then. */
const SILENCE = 5_500;

/** The pretended day ends now. */
const DAY_LENGTH = 8 * 60 * 60 * 1000;

/** `demo [--once] [--labels]`: a synthetic hospital's traffic through the real listeners, then what was planted against what was found. */
export function demoCommand(): Command {
  return new Command('demo')
    .description("Sends a synthetic hospital's traffic through the real listeners and shows what is flagged.")
    .option('--once', 'exit when it is done')
    .option('--labels', 'only print what would be planted, as NDJSON')
    .action(async (options: { once?: true; labels?: true }, self: Command) => {
      const hospital = createHospital({ start: systemClock() - DAY_LENGTH });
      if (options.labels === true) {
        for (const label of labelsOf(hospital.plants)) process.stdout.write(`${JSON.stringify(label)}\n`);
        return;
      }
      await run(hospital, demoConfig(configOf(self)), options.once === true);
    });
}

/**
 * A folder of its own under `data`, the demo's flows, embedded engines whatever is configured (a database that is named there is for real
 * messages), and free ports unless some were asked for.
 */
function demoConfig({ config, origins }: LoadedConfig): Config {
  const port = (name: string, asked: number): number => (origins.get(name) === 'default' ? 0 : asked);
  return {
    ...config,
    data: join(config.data, 'demo'),
    keyring: undefined,
    database: {},
    redis: {},
    flows: join(config.data, 'demo', 'flows'),
    locations: LOCATIONS,
    http: { ...config.http, port: port('http.port', config.http.port) },
    mllp: { port: port('mllp.port', config.mllp.port) },
    dimse: { ...config.dimse, port: port('dimse.port', config.dimse.port) },
    log: { ...config.log, level: 'error' },
  };
}

async function run(hospital: Hospital, config: Config, once: boolean): Promise<void> {
  rmSync(config.data, { recursive: true, force: true });
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  // A copy: what is accepted at the desk goes into it, and not into the program.
  cpSync(FLOWS, config.flows, { recursive: true });
  // Which message of the ledger is which of the hospital's: in memory and for this run only, since the ledger keeps no MSH-10 or UID.
  const labels = new Map<MessageId, string>();
  const agent = await startAgent(config, {
    log: createLog(config.log),
    onAccepted: ({ bytes }, { id }) => labels.set(id, peekDicom(bytes)?.sopInstance ?? peekHl7(bytes).controlId),
  });
  try {
    say('Cordon demo: a synthetic hospital. Nobody in it exists.');
    for (const { listener, host, port } of agent.listening) say(`  ${listener.padEnd(5)} ${host}:${port}`);
    const since = systemClock();
    await send(hospital, agent);
    await scanned(agent.ledger, hospital.messages.length);
    await sleep(SILENCE);
    await watch({ ledger: agent.ledger, register: agent.register, evidence: new Map(), since }, systemClock());
    const incidents = await allIncidents(agent.ledger);
    say(`\n${formatReport(compare(hospital, await collect(agent.ledger, labels, incidents)))}\n`);
    tell(incidents);
    say(`\nEverything this run wrote is under ${relative('.', config.data) || '.'}; no value of any message is in it in clear.`);
    if (once) return;
    const { access } = ownChange(agent.ledger)('link.create', '', { role: 'officer' });
    say(`\nThe desk: ${await createSignInLink(access, systemClock, publicOrigin(config) ?? originOf(agent))}`);
    say('Press Ctrl-C to end.');
    await ended();
  } finally {
    await agent.close();
  }
}

async function send(hospital: Hospital, agent: Agent): Promise<void> {
  const listening = (name: string): Agent['listening'][number] => {
    const found = agent.listening.find(({ listener }) => listener === name);
    if (found === undefined) throw new Error(`the agent has no listener ${name}`);
    return found;
  };
  const { id, key, hash } = makeKey();
  await agent.ledger.access.createKey({ id, name: 'demo', hash, scope: 'ingest', at: systemClock() });
  const progress = createProgress('sending', hospital.messages.length);
  const step = (): void => progress.step();
  const { messages } = hospital;
  const web = { url: originOf(agent), key };
  await Promise.all([
    sendMllp(messages, listening('mllp'), step),
    sendHttp(messages, web, step),
    sendDimse(messages, listening('dimse'), step),
    sendStow(messages, web, step),
  ]);
  progress.done();
}

async function scanned(ledger: Ledger, total: number): Promise<void> {
  const progress = createProgress('scanning', total);
  for (let before = 0; ; ) {
    const { done, failed, pending } = await ledger.messages.counts();
    progress.step(done + failed - before);
    before = done + failed;
    if (pending === 0) break;
    await sleep(50);
  }
  progress.done();
}

async function allIncidents(ledger: Ledger): Promise<IncidentRow[]> {
  const incidents: IncidentRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ledger.incidents.list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    incidents.push(...page.rows);
    cursor = page.next;
  }
  return incidents;
}

async function collect(
  ledger: Ledger,
  labels: ReadonlyMap<MessageId, string>,
  incidents: readonly IncidentRow[],
): Promise<Found> {
  const messages = new Map<string, FoundMessage>();
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ledger.messages.list({ limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const { id, verdict, reasons } of page.rows) {
      const label = labels.get(id);
      if (label === undefined || verdict === null) continue;
      messages.set(label, { verdict, reasons, findings: verdict === 'flagged' ? await ledger.messages.findings(id) : [] });
    }
    cursor = page.next;
  }
  return { messages, incidents };
}

/** What an officer would read first. */
function tell(incidents: readonly IncidentRow[]): void {
  say(`${incidents.length} incidents:`);
  for (const incident of incidents) {
    const { severity, source, destination, messages } = incident;
    const count = messages === 0 ? '' : `, ${messages} message${messages === 1 ? '' : 's'}`;
    say(`  ${severity.padEnd(8)}  ${titleOf(incident)}  (${systemName(source)} → ${systemName(destination)}${count})`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
