import type { IncidentRow } from '../../src/policy/decision.ts';
import { NOON } from '../ledger/rows.ts';

/** An incident as the queue has it; tests name only what they are about. */
export function incidentRow({
  desk,
  ...over
}: Partial<Omit<IncidentRow, 'desk'>> & { desk?: Partial<IncidentRow['desk']> } = {}): IncidentRow {
  return {
    id: 'i1',
    key: 'k',
    reason: 'content.category',
    flow: 'lab-registry',
    source: 'LIS',
    destination: 'REGISTRY',
    category: 'name',
    group: 'OBX',
    severity: 'high',
    state: 'open',
    messages: 1,
    patients: 1,
    firstSeen: NOON,
    lastSeen: NOON,
    until: null,
    lastMessage: null,
    desk: {
      assignee: null,
      due: null,
      openedAt: NOON,
      admittedAt: NOON,
      shadowUntil: null,
      unconfirmed: false,
      ongoing: false,
      exposure: null,
      revision: 0,
      ...desk,
    },
    ...over,
  };
}
