import { Command, Option } from 'commander';
import { isoTime, systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { openDataFolder } from '../data-folder.ts';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../lineage/identifier.ts';
import { TRANSITS, type Transit } from '../lineage/row.ts';
import type { Trace } from '../lineage/trace.ts';
import { readIdentifiers, tokensOf } from './identifiers.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';

interface Options {
  readonly kind?: IdentifierKind;
  readonly at?: string;
  readonly limit: string;
  readonly format: 'table' | 'ndjson';
}

/** Messages that one run lists, at most. */
const MOST = 10_000;
const PAGE = 200;

/** `trace`: where an identifier has been. It comes by standard input; the look-up, not the identifier, goes to the audit log. */
export function traceCommand(): Command {
  return new Command('trace')
    .description(
      'Reads an identifier from standard input, one a line where there are several of one person, and shows every flow, message, device and place that carried it.',
    )
    .addOption(
      new Option('--kind <kind>', 'what it is (default: whatever fits; a name may have the birth date beside it)').choices(
        IDENTIFIER_KINDS,
      ),
    )
    .option('--at <time>', 'what was known by then: a day (2026-11-24, its end, UTC) or an instant')
    .option('--limit <messages>', 'messages to list, the first ones first', '50')
    .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'ndjson']).default('table'))
    .action(async (options: Options, self: Command) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new CordonError('usage', `--limit: 1 to ${MOST}`);
      const at = options.at === undefined ? undefined : readInstant(options.at);
      const identifiers = await readIdentifiers();
      const { ledger, keyring } = await openDataFolder(configOf(self).config);
      try {
        const tokens = tokensOf(identifiers, options.kind ?? null, keyring);
        const query = { tokens, ...(at === undefined ? {} : { at }) };
        const first = await ledger.lineage.trace({ ...query, limit: Math.min(PAGE, limit) });
        const { persons, exposure } = first;
        const detail = { identifiers: identifiers.length, kind: options.kind ?? null, persons, messages: exposure.messages };
        await ledger.audit.append({ at: systemClock(), ...operator(), action: 'trace', object: '', detail });
        const print = options.format === 'table' ? table : ndjson;
        print.head(first);
        let shown = 0;
        for (let page = first; ; ) {
          print.rows(page.timeline);
          shown += page.timeline.rows.length;
          const { next } = page.timeline;
          if (next === null || shown >= limit) break;
          page = await ledger.lineage.trace({ ...query, limit: Math.min(PAGE, limit - shown), cursor: next });
        }
        if (shown < exposure.messages)
          process.stderr.write(`${shown} of ${exposure.messages} messages are listed: --limit lists more\n`);
      } finally {
        await ledger.close();
      }
    });
}

/** A day is meant with all its hours. */
function readInstant(text: string): number {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.999Z` : text);
  if (Number.isNaN(at)) throw new CordonError('usage', '--at: a day (2026-11-24) or an instant (2026-11-24T08:00:00Z)');
  return at;
}

/** What each outcome of a real leg is called where a person reads it. */
const WORDS: Readonly<Record<Transit, string>> = {
  proven: 'proven',
  claimed: 'claimed',
  unknown: 'not known',
  failed: 'in clear or weak',
};

interface Print {
  head(trace: Trace): void;
  rows(timeline: Trace['timeline']): void;
}

const ndjson: Print = {
  head({ persons, exposure, hops, devices }) {
    line({ kind: 'exposure', persons, ...exposure, devicesOf: devices.messages });
    for (const hop of hops) line({ kind: 'hop', ...hop });
    for (const device of devices.rows) line({ kind: 'device', ...device });
  },
  rows({ rows, paths }) {
    for (const { path, ...event } of rows)
      line({ kind: 'message', ...event, path: path === null ? null : (paths[path] ?? []).map(({ message }) => message) });
  },
};

function line(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

const table: Print = {
  head({ persons, exposure, hops, devices }) {
    if (exposure.firstSeen === null || exposure.lastSeen === null) {
      console.log('Not seen: no message that is kept carried it.');
      return;
    }
    const encrypted = TRANSITS.map((transit) => `${WORDS[transit]} ${exposure.outcomes[transit]}`).join(', ');
    if (persons > 1) console.log(`${persons} persons have it: a record number, or a name with its birth date, tells them apart.`);
    console.log(
      `${exposure.messages} messages to ${exposure.recipients} systems, ${isoTime(exposure.firstSeen)} to ${isoTime(exposure.lastSeen)}`,
    );
    console.log(`encryption of the hop: ${encrypted}`);
    console.log(
      `recipients: ${Object.entries(exposure.entities)
        .map(([entity, messages]) => `${entity} ${messages}`)
        .join(', ')}`,
    );
    console.log(`places: ${exposure.locations.join(', ') || 'none that a policy names'}\n`);
    const cells = hops.map((hop) => [
      hop.source.title,
      hop.destination.title,
      hop.entity ?? 'unregistered',
      hop.location ?? '',
      hop.protocol,
      TRANSITS.filter((transit) => hop.outcomes[transit] > 0)
        .map((transit) => `${WORDS[transit]} ${hop.outcomes[transit]}`)
        .join(', '),
      hop.categories.join(' '),
      isoTime(hop.firstSeen),
      isoTime(hop.lastSeen),
    ]);
    columns([['FROM', 'TO', 'RECIPIENT', 'PLACE', 'OVER', 'ENCRYPTED', 'CARRIED', 'FIRST', 'LAST'], ...cells]);
    console.log();
    deviceTable(devices, exposure.messages);
  },
  rows({ rows, paths }) {
    if (rows.length === 0) return;
    const cells = rows.map(({ path, ...event }) => [
      isoTime(event.at),
      event.source.title,
      event.destination.title,
      event.type,
      WORDS[event.transit],
      event.location ?? '',
      event.devices.map(({ title }) => title).join(', '),
      event.message,
      path === null ? '' : (paths[path] ?? []).map(({ destination }) => destination.title).join(' > '),
    ]);
    columns([['AT', 'FROM', 'TO', 'TYPE', 'ENCRYPTED', 'PLACE', 'DEVICES', 'MESSAGE', 'SAME CONTENT'], ...cells]);
  },
};

function deviceTable({ rows, messages }: Trace['devices'], all: number): void {
  const cells = rows.map(({ id, title, messages: own, firstSeen, lastSeen }) => [
    title,
    String(own),
    isoTime(firstSeen),
    isoTime(lastSeen),
    id,
  ]);
  if (rows.length > 0) columns([['DEVICE', 'MESSAGES', 'FIRST', 'LAST', 'ID'], ...cells]);
  if (messages < all)
    console.log(
      `devices are known of ${messages} of ${all} messages: not of what was scanned before they were kept with messages, nor past the first 2,000`,
    );
  if (rows.length > 0 || messages < all) console.log();
}

function columns(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
