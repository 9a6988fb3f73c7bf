/** Tables and columns of the desk (migrations/0011-desk.ts), as Kysely sees them. Times are milliseconds since the epoch, flags 0 or 1. */
export interface DeskSchema {
  /** Lower-case words that a search finds an incident by. */
  incident_words: { word: string; incident: string };
  /** Since when rules of a pack judge; 0: from the beginning. */
  desk_packs: { name: string; first_seen: number };
  notices: NoticesTable;
  notice_deliveries: NoticeDeliveriesTable;
}

/** What an incident's row has for the desk. */
export interface IncidentDeskColumns {
  assignee: string | null;
  due: number | null;
  /** Its history says already that it is overdue. */
  late: number;
  opened_at: number;
  admitted_at: number | null;
  shadow_until: number | null;
  /** Words of texts are all that speaks for it. */
  unconfirmed: number;
  /** The rank of which a notice was made; -1: none was. */
  told: number;
  /** The rank of the gravest that was said without an exposure. */
  floor: number;
  /** json: DeskFacts['exposure'] */
  exposure: string | null;
  /** json: Picture; what was accepted, of an accepted risk */
  accepted: string | null;
  ongoing: number;
  revision: number;
}

/** What an entry of the history has for the desk. */
export interface EventDeskColumns {
  /** The act of a person that it is part of: what is undone together. */
  act: string | null;
  /** json: Former; what the act changed */
  former: string | null;
  /** Of the incident, after the act. */
  revision: number | null;
}

export interface NoticesTable {
  id: string;
  /** What it is about: the same is never said twice. */
  subject: string;
  kind: string;
  incident: string | null;
  at: number;
  /** It has its deliveries. */
  planned: number;
}

export interface NoticeDeliveriesTable {
  notice: string;
  channel: string;
  state: 'waiting' | 'sent' | 'dead';
  attempts: number;
  next_at: number;
  error: string;
}
