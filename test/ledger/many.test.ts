import { describe, expect, it } from 'vitest';
import { deleteMany, insertMany, runMany, selectMany, updateMany } from '../../src/ledger/many.ts';
import { postgresBuilder } from '../../src/ledger/postgres/builder.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import type { Bound } from '../../src/ledger/statement.ts';

const lite = sqliteBuilder();
const postgres = postgresBuilder();
const HOURS = { flow: 'text', hour: 'bigint', messages: 'bigint' } as const;
const rows = [
  { flow: 'a', hour: 1, messages: 2 },
  { flow: 'b', hour: 3, messages: 4 },
];

describe('a statement for many rows', () => {
  it('inserts one, or all that JSON holds', () => {
    const each = insertMany<(typeof rows)[0]>(lite, 'flow_hours', HOURS).each({ flow: 'a', hour: 1, messages: 2 });
    expect(each.sql).toBe('insert into "flow_hours" ("flow", "hour", "messages") values (?, ?, ?) on conflict do nothing');
    expect(each.parameters).toEqual(['a', 1, 2]);
    const all = insertMany<(typeof rows)[0], { flow: string }>(postgres, 'flow_hours', HOURS, { returning: ['flow'] }).all(rows);
    expect(all.sql).toBe(
      'insert into "flow_hours" ("flow", "hour", "messages") select "r"."flow", "r"."hour", "r"."messages" from ' +
        'json_to_recordset($1::json) as r("flow" text collate "C", "hour" bigint, "messages" bigint) on conflict do nothing returning "flow"',
    );
    expect(all.parameters).toEqual([JSON.stringify(rows)]);
  });

  it('binds the values of one row where its columns stand, keys last', () => {
    const { sql, parameters } = updateMany<(typeof rows)[0]>(lite, 'flow_hours', ['flow', 'hour'], HOURS).each({
      flow: 'a',
      hour: 1,
      messages: 2,
    });
    expect(sql).toBe('update "flow_hours" set "messages" = ? where "flow_hours"."flow" = ? and "flow_hours"."hour" = ?');
    expect(parameters).toEqual([2, 'a', 1]);
  });

  it('finds and deletes by its keys', () => {
    const keys = { flow: 'text' } as const;
    const found = selectMany<{ flow: string }, { hour: number }>(postgres, 'flow_hours', keys, { hour: 'bigint' });
    expect(found.all([{ flow: 'a' }]).sql).toContain(
      'select "flow_hours"."hour" from "flow_hours" join json_to_recordset($1::json)',
    );
    expect(deleteMany<{ flow: string }>(postgres, 'flow_hours', keys).all([{ flow: 'a' }]).sql).toMatch(
      /^delete from "flow_hours" using json_to_recordset.* where "flow_hours"\."flow" = "r"\."flow"$/,
    );
  });

  it('carries bytes beside the JSON, each row with the place of its own', () => {
    const chunk = insertMany<{ message: string; data: Uint8Array }>(postgres, 'chunks', { message: 'text', data: 'bytea' });
    const { sql, parameters } = chunk.all([
      { message: 'x', data: Uint8Array.of(1, 2, 3) },
      { message: 'y', data: Uint8Array.of() },
      { message: 'z', data: Uint8Array.of(4) },
    ]);
    expect(sql).toContain('substring($1::bytea from r.at for r.size)');
    expect(parameters[0]).toEqual(Buffer.of(1, 2, 3, 4));
    expect(JSON.parse(String(parameters[1]))).toEqual([
      { message: 'x', at: 1, size: 3 },
      { message: 'y', at: 4, size: 0 },
      { message: 'z', at: 4, size: 1 },
    ]);
  });

  it('replaces what no text of PostgreSQL holds, and nothing that only looks like it', () => {
    const note = insertMany<{ note: string }>(postgres, 'incident_events', { note: 'text' });
    const sent = (text: string): unknown => JSON.parse(String(note.all([{ note: text }]).parameters[0]))[0].note;
    expect(sent('a\0b')).toBe('a\uFFFDb');
    expect(sent('a\ud800b')).toBe('a\uFFFDb');
    expect(sent('\\u0000 \u{1F600}')).toBe('\\u0000 \u{1F600}');
  });

  it('goes in one to a server, one by one elsewhere, and not at all without rows', async () => {
    const ran: string[] = [];
    const all = <Row>(statement: Bound<Row>): readonly Row[] => {
      ran.push(statement.sql.slice(0, 30));
      return [];
    };
    const here = { all, run: () => 0, get: () => undefined };
    const statement = insertMany<(typeof rows)[0]>(lite, 'flow_hours', HOURS);
    await runMany(here, statement, rows);
    expect(ran).toHaveLength(2);
    await runMany({ ...here, remote: true }, statement, rows);
    expect(ran).toHaveLength(3);
    await runMany(here, statement, []);
    expect(ran).toHaveLength(3);
  });
});
