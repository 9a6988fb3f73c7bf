import { describe, expect, it } from 'vitest';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { once, prepare } from '../../src/ledger/statement.ts';

const db = sqliteBuilder();

describe('prepare', () => {
  it('compiles once and puts the values of a call in their places, constants included', () => {
    const query = prepare<{ key: string; at: number }>()((p) =>
      db
        .selectFrom('flows')
        .select('key')
        .where('last_seen', '<', p.at)
        .where('policy', '=', 'fixed')
        .where('key', '=', p.key)
        .limit(3),
    );
    const [one, two] = [query({ key: 'a', at: 1 }), query({ key: 'b', at: 2 })];
    expect(one.sql).toBe('select "key" from "flows" where "last_seen" < ? and "policy" = ? and "key" = ? limit ?');
    expect(one.parameters).toEqual([1, 'fixed', 'a', 3]);
    expect(two.parameters).toEqual([2, 'fixed', 'b', 3]);
    expect(two.sql).toBe(one.sql);
  });

  it('may use a value twice', () => {
    const query = prepare<{ at: number }>()((p) =>
      db.selectFrom('flows').select('key').where('last_seen', '<', p.at).where('first_seen', '>', p.at),
    );
    expect(query({ at: 7 }).parameters).toEqual([7, 7]);
  });
});

it('once compiles what one call asks', () => {
  expect(once(db.selectFrom('meta').select('value').where('name', '=', 'keyring'))).toEqual({
    sql: 'select "value" from "meta" where "name" = ?',
    parameters: ['keyring'],
  });
});
