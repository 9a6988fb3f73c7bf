import { createSecretKey, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { AcceptRow } from '../../src/core/accept-row.ts';
import { NO_CLAIMS } from '../../src/core/provenance.ts';
import type { Finding } from '../../src/core/vocabulary.ts';
import type { ScanRow } from '../../src/ledger/ledger.ts';
import { seal } from '../../src/ledger/vault/seal.ts';
import type { IncidentCause } from '../../src/policy/decision.ts';

/** 2026-11-24T12:00:00Z */
export const NOON = Date.UTC(2026, 10, 24, 12);
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

const anyKey = createSecretKey(randomBytes(32));

/** Rows of messages as listeners and scan threads make them; tests name only what they are about. */
export function acceptRow(over: Partial<AcceptRow> & { receivedAt?: number; body?: Uint8Array } = {}): AcceptRow {
  const { receivedAt = NOON, body = Buffer.from('MSH|^~\\&|LIS|LAB|REG|STATE'), ...rest } = over;
  const id = rest.id ?? uuid();
  return {
    id,
    provenance: {
      listener: 'mllp',
      protocol: 'mllp',
      peer: { address: '10.0.0.7', certificate: null, apiKey: null },
      tls: null,
      claims: NO_CLAIMS,
      receivedAt,
    },
    bytes: body.length,
    elided: [],
    digest: `digest-${id}`,
    duplicateKey: null,
    duplicateContent: null,
    quarantined: false,
    problems: [],
    dataKey: 'dk-test',
    chunks: seal(body, anyKey, id),
    ...rest,
  };
}

export const FLOW = { key: 'mllp|REG|LIS', listener: 'mllp', source: 'LIS', destination: 'REG', policy: 'lab-registry' } as const;

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    rule: 'hipaa.ssn',
    pack: 'hipaa-safe-harbor@1.0.0',
    category: 'ssn',
    subject: 'patient',
    path: 'ZPI-2',
    start: 120,
    end: 131,
    confidence: 0.99,
    severity: 'high',
    mask: '999-99-9999',
    token: 'k1.c3ludGhldGlj',
    ...over,
  };
}

export function cause(over: Partial<IncidentCause> = {}): IncidentCause {
  return {
    key: 'content|lab-registry|ssn|ZPI',
    reason: 'content.category',
    flow: 'lab-registry',
    category: 'ssn',
    group: 'ZPI',
    severity: 'high',
    matches: [0],
    ...over,
  };
}

/** A clean message's scan. */
export function scanRow(id: string, over: Partial<ScanRow> = {}): ScanRow {
  return {
    id,
    scannedAt: NOON + 1000,
    format: 'hl7v2',
    type: 'ORU^R01',
    examined: 26,
    unexamined: [],
    problems: [],
    verdict: 'permitted',
    reasons: [],
    decision: {
      verdict: 'permitted',
      reasons: [],
      flow: FLOW,
      causes: [],
      shadowed: [],
      sensitivities: [],
      summary: [{ category: 'name', subject: 'patient', count: 2, permitted: true }],
    },
    findings: [],
    patients: ['k1.cGF0aWVudC0x'],
    ruleset: 'ruleset-1',
    keepBodyUntil: null,
    ...over,
  };
}

/** A flagged one: kept for thirty days, a fact of one incident. */
export function flaggedRow(id: string, over: Partial<ScanRow> = {}, causes: readonly IncidentCause[] = [cause()]): ScanRow {
  const clean = scanRow(id);
  return {
    ...clean,
    verdict: 'flagged',
    reasons: ['content.category'],
    findings: [finding()],
    keepBodyUntil: NOON + 30 * DAY,
    decision: { ...clean.decision, verdict: 'flagged', reasons: ['content.category'], causes },
    ...over,
  };
}
