import { z } from '@hono/zod-openapi';
import { isoTime } from '../core/clock.ts';
import { NOTICE_KINDS, type NoticeDelivery } from '../ledger/desk/notice.ts';
import { type Change, type DeskQueue, MOST_AT_ONCE } from '../ledger/desk/store.ts';
import { INCIDENT_STATES } from '../policy/decision.ts';
import { NOTE_LIMIT } from './actions-panel.ts';
import { IncidentBody, incidentBody, time } from './api-schemas.ts';
import { UntilBody, untilOf } from './until-body.ts';

/** What the API says of the handling of incidents, as zod schemas; times are RFC 3339. */

const from = z.enum(INCIDENT_STATES).openapi({ description: 'The state you saw; another one by now is refused.' });
const note = z.string().max(NOTE_LIMIT);
/** Whom an incident is given to, as the history names actors. */
const assignee = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .nullable()
  .openapi({ description: 'As the history names actors; null: nobody.' });
const instant = z.iso.datetime({ offset: true });

export const CommentBody = z.strictObject({ text: note.min(1) }).openapi('Comment');
export const AssignmentBody = z.strictObject({ from, assignee }).openapi('Assignment');
export const DueBody = z.strictObject({ from, due: instant }).openapi('Due');

const ChangeBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('move'), to: z.enum(INCIDENT_STATES), note: note.default(''), until: UntilBody }),
  z.strictObject({ kind: z.literal('assign'), assignee }),
  z.strictObject({ kind: z.literal('due'), due: instant }),
  z.strictObject({ kind: z.literal('comment'), text: note.min(1) }),
]);

/** As the ledger takes it. */
export function changeOf(body: z.output<typeof ChangeBody>): Change {
  if (body.kind === 'move') return { ...body, note: body.note.trim(), until: untilOf(body.until) };
  return body.kind === 'due' ? { kind: 'due', due: Date.parse(body.due) } : body;
}

export const BulkBody = z
  .strictObject({
    preview: z.boolean().default(false).openapi({ description: 'Say what would happen, and change nothing.' }),
    act: z.uuid().optional().openapi({ description: 'Makes it the same act when it is sent twice; made here where left out.' }),
    change: ChangeBody,
    items: z
      .array(z.strictObject({ id: z.string().min(1).max(128), from }))
      .min(1)
      .max(MOST_AT_ONCE),
  })
  .openapi('BulkAct');

export const ActedBody = z
  .object({
    act: z.string(),
    done: z.array(z.string()).openapi({ description: 'Ids of the incidents that it was done to.' }),
    refused: z.array(z.object({ id: z.string(), why: z.string() })),
  })
  .openapi('Acted');

const counts = z.object({ critical: z.int(), high: z.int(), medium: z.int(), low: z.int() });

export const QueueBody = z
  .object({
    needing: z.array(IncidentBody).openapi({ description: 'Open and admitted, the gravest first.' }),
    total: z.int(),
    overdue: z.array(IncidentBody),
    overdueTotal: z.int(),
    waiting: counts.openapi({ description: 'Open, and below the ten new rows of a day.' }),
    digest: z
      .object({ incidents: z.int(), flows: z.int(), until: time })
      .nullable()
      .openapi({ description: 'Of new flows and packs, for their first 14 days.' }),
    unconfirmed: z
      .object({ incidents: z.int(), flows: z.int(), messages: z.int() })
      .nullable()
      .openapi({ description: 'Open, and not admitted: words of texts are all that speaks for them.' }),
  })
  .openapi('DeskQueue');

export function queueBody(queue: DeskQueue): z.input<typeof QueueBody> {
  const { needing, total, overdue, overdueTotal, waiting, digest, unconfirmed } = queue;
  return {
    ...{ total, overdueTotal, waiting: { ...waiting } },
    needing: needing.map(incidentBody),
    overdue: overdue.map(incidentBody),
    digest: digest === null ? null : { ...digest, until: isoTime(digest.until) },
    unconfirmed,
  };
}

export const NoticesBody = z.object({
  rows: z.array(
    z
      .object({
        notice: z.string(),
        kind: z.enum(NOTICE_KINDS),
        incident: z.string().nullable(),
        channel: z.string(),
        at: time,
        attempts: z.int(),
        next: time.nullable().openapi({ description: 'When it is tried again; null: it was given up.' }),
        error: z.string(),
      })
      .openapi('UndeliveredNotice'),
  ),
});

export function noticesBody(rows: readonly NoticeDelivery[]): z.input<typeof NoticesBody> {
  return {
    rows: rows.map(({ at, next, ...row }) => ({ ...row, at: isoTime(at), next: next === null ? null : isoTime(next) })),
  };
}
