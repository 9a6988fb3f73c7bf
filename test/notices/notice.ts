import type { Notice } from '../../src/ledger/desk/notice.ts';
import { NOON } from '../ledger/rows.ts';
import { incidentRow } from '../policy/incident-row.ts';

export const NOW = NOON;

/** A notice of an incident. Synthetic. */
export const NOTICE: Notice = {
  id: '019bd000-0000-7000-8000-000000000001',
  kind: 'incident',
  channel: 'webhook',
  attempts: 0,
  at: NOW,
  digest: null,
  unconfirmed: null,
  incident: incidentRow({
    id: 'i-1',
    key: 'content|vendor|ssn|NTE',
    flow: 'vendor',
    destination: 'CLOUD',
    category: 'ssn',
    group: 'NTE',
    messages: 12,
    patients: 3,
    firstSeen: NOW - 1000,
    desk: { due: NOW + 86_400_000 },
  }),
};
