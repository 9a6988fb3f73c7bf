import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { concernsAll, postgresError } from '../../src/ledger/postgres/errors.ts';

/** As PostgreSQL words it, with a value of a row in the text. */
function refused(state: string): DatabaseError {
  const error = new DatabaseError('value DOE^JANE of a row', 10, 'error');
  error.code = state;
  error.detail = 'Key (name)=(DOE^JANE) already exists.';
  return error;
}

describe('an error of PostgreSQL', () => {
  it.each([
    ['the connection is lost', '08006', 'ledger.unavailable'],
    ['the password is refused', '28P01', 'ledger.unavailable'],
    ['the database is not there', '3D000', 'ledger.unavailable'],
    ['two transactions wait for each other', '40P01', 'ledger.unavailable'],
    ['the disk is full', '53100', 'ledger.unavailable'],
    ['there are too many connections', '53300', 'ledger.unavailable'],
    ['a lock is not had in time', '55P03', 'ledger.unavailable'],
    ['an operator ends the session', '57P01', 'ledger.unavailable'],
    ['a file cannot be read', '58030', 'ledger.unavailable'],
    ['it is a standby', '25006', 'ledger.unavailable'],
    ['the transaction stood still', '25P03', 'ledger.unavailable'],
    ['the role has no right to a table', '42501', 'ledger.schema'],
    ['a table is missing', '42P01', 'ledger.schema'],
    ['a column is missing', '42703', 'ledger.schema'],
    ['an index is damaged', 'XX002', 'ledger.corrupt'],
  ])('when %s (%s) is %s', (_when, state, code) => {
    const error = postgresError(refused(state), 'db:5432/cordon');
    expect(error).toMatchObject({ code, message: expect.stringMatching(`^db:5432/cordon: .*${state}`) });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('DOE');
    expect(concernsAll(error)).toBe(code !== 'ledger.schema');
  });

  it('that is a defect says its SQLSTATE and no value', () => {
    const error = postgresError(refused('23505'), 'db:5432/cordon');
    expect(error).not.toBeInstanceOf(CordonError);
    expect(String(error)).toContain('23505');
    expect(String(error)).not.toContain('DOE');
  });
});

describe('another error', () => {
  it.each([
    ['a certificate that is not trusted', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'SELF_SIGNED_CERT_IN_CHAIN', /sslrootcert/],
    ['an authority that cannot be read', { code: 'ENOENT', syscall: 'open' }, 'sslrootcert', /cannot be read \(ENOENT\)/],
    ['a socket that is not there yet', { code: 'ENOENT', syscall: 'connect' }, 'ENOENT', /cannot be used now: ENOENT/],
    ['a certificate that has run out', { code: 'CERT_HAS_EXPIRED' }, 'CERT_HAS_EXPIRED', /cannot be used now: CERT_HAS_EXPIRED/],
  ])('keeps what tells a wrong URL: %s', (_what, facts, cause, message) => {
    const error = postgresError(Object.assign(new Error('x'), facts), 'db:5432/cordon');
    expect(error).toMatchObject({ code: 'ledger.unavailable', cause, message: expect.stringMatching(message) });
  });

  it('of a server without TLS says so', () => {
    const error = postgresError(new Error('The server does not support SSL connections'), 'db:5432/cordon');
    expect(error).toMatchObject({ message: expect.stringContaining('it takes no TLS, which DATABASE_URL asks for') });
  });

  it('of the connection is transient, by its system code', () => {
    const error = postgresError(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'db:5432/cordon');
    expect(error).toMatchObject({
      code: 'ledger.unavailable',
      retry: 'transient',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(postgresError(new Error('Connection terminated unexpectedly'), 'db')).toMatchObject({ code: 'ledger.unavailable' });
  });

  it.each([new CordonError('vault.missing', 'gone'), new TypeError('a defect')])('of ours stays as it is: %s', (error) => {
    expect(postgresError(error, 'db')).toBe(error);
    expect(concernsAll(error)).toBe(false);
  });
});
