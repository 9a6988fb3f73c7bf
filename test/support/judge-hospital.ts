import { createSecretKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { NO_CLAIMS, type Provenance } from '../../src/core/provenance.ts';
import { createTokenizer } from '../../src/core/token.ts';
import type { Hospital } from '../../src/demo/hospital.ts';
import type { DemoMessage } from '../../src/demo/message.ts';
import type { Found, FoundIncident, FoundMessage } from '../../src/demo/report.ts';
import { compilePacks } from '../../src/detect/compile.ts';
import type { ScanRow } from '../../src/ledger/ledger.ts';
import { loadFlows } from '../../src/policy/load.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { type JudgeContext, judge } from '../../workers/judge.ts';
import { shippedPacks } from './rules.ts';

function yamlFiles(folder: string): { file: string; text: string }[] {
  const url = new URL(`../../${folder}/`, import.meta.url);
  return readdirSync(url)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(new URL(file, url), 'utf8') }));
}

/** The shipped packs and the demo's register. */
export function demoContext(): JudgeContext {
  return {
    ruleset: compilePacks(shippedPacks()),
    register: compileRegister(loadFlows(yamlFiles('src/demo/flows'))),
    tokenizer: createTokenizer({ kid: 'k1', key: createSecretKey(Buffer.alloc(32, 7)) }),
    retention: 86_400_000,
  };
}

/** As the listeners know the demo's senders. */
function provenanceOf({ transport, headers, association }: DemoMessage, receivedAt: number): Provenance {
  const claimed = new Map(Object.entries(headers));
  const protocol = transport === 'stow' ? 'http' : transport;
  return {
    listener: protocol,
    protocol,
    peer: { address: '127.0.0.1', certificate: null, apiKey: protocol === 'http' ? 'demo' : null },
    tls: null,
    claims: {
      ...NO_CLAIMS,
      source: claimed.get('Cordon-Source') ?? null,
      destination: claimed.get('Cordon-Destination') ?? null,
      leg: claimed.get('Cordon-Leg') ?? null,
    },
    ...(association === undefined ? {} : { association: { ...association, implementation: '', version: '' } }),
    receivedAt,
  };
}

/** Scans the hospital's messages in this thread: what listeners, ledger and workers would come to. Silence is not watched. */
export function judgeHospital(
  hospital: Hospital,
  context: JudgeContext,
  now: number,
): Found & { readonly rows: readonly ScanRow[] } {
  const messages = new Map<string, FoundMessage>();
  const incidents = new Map<string, FoundIncident>();
  const rows = hospital.messages.map((message) => {
    const body = { bytes: message.bytes, elided: [] };
    const row = judge({ id: message.id, body, provenance: provenanceOf(message, now), quarantined: false }, context, now);
    messages.set(message.id, row);
    for (const cause of row.decision.causes) incidents.set(cause.key, { ...cause, destination: row.decision.flow.destination });
    return row;
  });
  return { messages, incidents: [...incidents.values()], rows };
}
