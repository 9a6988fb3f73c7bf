import type { Notice } from '../../src/ledger/desk/notice.ts';

export const NOW = Date.UTC(2026, 10, 24, 12);

/** A notice of an incident. Synthetic. */
export const NOTICE: Notice = {
  id: '019bd000-0000-7000-8000-000000000001',
  kind: 'incident',
  channel: 'webhook',
  attempts: 0,
  at: NOW,
  digest: null,
  incident: {
    id: 'i-1',
    key: 'content|vendor|ssn|NTE',
    reason: 'content.category',
    flow: 'vendor',
    source: 'LIS',
    destination: 'CLOUD',
    category: 'ssn',
    group: 'NTE',
    severity: 'high',
    state: 'open',
    messages: 12,
    patients: 3,
    firstSeen: NOW - 1000,
    lastSeen: NOW,
    until: null,
    lastMessage: null,
    desk: {
      assignee: null,
      due: NOW + 86_400_000,
      openedAt: NOW,
      admittedAt: NOW,
      shadowUntil: null,
      ongoing: false,
      exposure: null,
      revision: 0,
    },
  },
};
