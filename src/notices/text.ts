import { isoTime } from '../core/clock.ts';
import type { Notice } from '../ledger/desk/notice.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { titleOf } from '../review/titles.ts';
import { counted, exact, SEVERITY_WORDS, STATE_WORDS } from '../review/words.ts';

/** What a notice says. Names of systems, counts and times; never an identifier, a mask or a token of a person. */
export interface NoticeText {
  readonly subject: string;
  /** Lines of plain text. */
  readonly body: string;
}

/** The words of a notice; `desk`: where the pages are, without a slash at its end, or null where nobody said. */
export function textOf(notice: Notice, desk: string | null): NoticeText {
  const { kind, incident } = notice;
  if (kind === 'digest') return digestText(notice, desk);
  if (incident === null) return { subject: 'Cordon: an incident that is gone', body: linesOf('The incident was removed since.') };
  const title = titleOf(incident);
  const lead = kind === 'overdue' ? 'Overdue' : SEVERITY_WORDS[incident.severity];
  return {
    subject: `Cordon: ${lead}: ${title}`,
    body: linesOf(
      `${title}.`,
      `From ${incident.source} to ${incident.destination}.`,
      `${SEVERITY_WORDS[incident.severity]}, ${STATE_WORDS[incident.state].toLowerCase()}; ${counted(incident.messages, 'message')}, last seen ${exact(incident.lastSeen)}.`,
      ...(incident.desk.due === null ? [] : [`Due ${exact(incident.desk.due)}.`]),
      linkOf(desk, `/incidents/${encodeURIComponent(incident.id)}`),
    ),
  };
}

function digestText({ digest, unconfirmed }: Notice, desk: string | null): NoticeText {
  const words =
    unconfirmed === null
      ? null
      : `${counted(unconfirmed.incidents, 'incident')} of possible identifiers in texts that nothing confirms`;
  const what = digest !== null ? `${counted(digest.incidents, 'incident')} of what is new` : (words ?? 'Nothing is new');
  const lines = [
    ...(digest === null
      ? []
      : [`On ${counted(digest.flows, 'flow')}. The first of them leaves the digest on ${exact(digest.until)}.`]),
    ...(unconfirmed === null ? [] : [`${words}, on ${counted(unconfirmed.flows, 'flow')}.`]),
  ];
  const said = digest === null && words !== null ? lines : [`${what}.`, ...lines];
  return { subject: `Cordon: ${what.toLowerCase()}`, body: linesOf(...said, linkOf(desk, '/incidents')) };
}

function linesOf(...lines: (string | null)[]): string {
  return `${lines.filter((line) => line !== null).join('\n')}\n`;
}

function linkOf(desk: string | null, path: string): string | null {
  return desk === null ? null : `${desk}${path}`;
}

/** The body of a webhook: `type`, `timestamp` and `data`, as Standard Webhooks has them. Times are RFC 3339. */
export function payloadOf(notice: Notice, desk: string | null) {
  const { kind, at, incident, digest, unconfirmed } = notice;
  return {
    type: kind === 'incident' ? 'incident.opened' : kind === 'overdue' ? 'incident.overdue' : 'digest.daily',
    timestamp: isoTime(at),
    data: {
      ...(incident === null ? {} : { incident: incidentOf(incident, desk) }),
      ...(digest === null ? {} : { digest: { ...digest, until: isoTime(digest.until) } }),
      ...(unconfirmed === null ? {} : { unconfirmed }),
    },
  };
}

function incidentOf(row: IncidentRow, desk: string | null) {
  const { id, reason, flow, source, destination, category, severity, state, messages, patients, firstSeen, lastSeen } = row;
  return {
    ...{ id, title: titleOf(row), reason, flow, source, destination, category, severity, state, messages, patients },
    ...{ firstSeen: isoTime(firstSeen), lastSeen: isoTime(lastSeen) },
    due: row.desk.due === null ? null : isoTime(row.desk.due),
    assignee: row.desk.assignee,
    url: linkOf(desk, `/incidents/${encodeURIComponent(id)}`),
  };
}
