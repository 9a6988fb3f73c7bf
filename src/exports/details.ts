import { isoTime } from '../core/clock.ts';
import type { TransferRecord } from './record.ts';

/** What audit messages have no place of their own for, as pairs of a name and its value: of what was carried, why, and how it was protected. */
export function detailsOf(record: TransferRecord): readonly (readonly [name: string, value: string])[] {
  return [
    ['first', isoTime(record.firstAt)],
    ['messages', String(record.messages)],
    ['flagged', String(record.flagged)],
    ['formats', record.formats.join(' ')],
    ['categories', record.categories.join(' ')],
    ['unpermitted', record.unpermitted.join(' ')],
    ['reasons', record.reasons.join(' ')],
    ['sensitivities', record.sensitivities.join(' ')],
    ['flow', record.flow],
    ['policy', record.policy ?? ''],
    ['purpose', record.basis?.purpose ?? ''],
    ['endpoint', record.recipient?.endpoint ?? ''],
    ['location', record.location ?? ''],
    ['country', record.country ?? ''],
    ['transit', record.transit],
    ['rest', record.rest],
    ['accounting', record.accounting.status],
  ];
}
