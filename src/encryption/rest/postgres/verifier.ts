import { type Clock, systemClock } from '../../../core/clock.ts';
import type { Verifier } from '../../../core/evidence.ts';
import { restTargetName } from '../../../core/rest-target.ts';
import { evidenceOf, type Finding, failed, notApplicable, proven, unknown } from '../evidence-row.ts';
import { firstAnswer } from '../first-answer.ts';
import { isHere, judgeLink } from '../link.ts';
import { type Machine, thisMachine } from '../machine.ts';
import { checkSwap, checkVolumes } from '../volume.ts';
import { openReading, type Reading, reasonOfPostgres } from './open.ts';
import { sampleTables } from './sample.ts';
import { type ServerFacts, serverFacts } from './server.ts';

const TLS = 'Give sslmode=verify-full in the URL';

interface PostgresOptions {
  readonly machine?: Machine;
  readonly clock?: Clock;
  /** Without it no table is looked into: for the database of the ledger, whose bodies are looked at as the vault's. */
  readonly sample?: boolean;
}

/**
 * Verifies `postgres://…`: `connection` (this one), `clear` (whether the server takes connections without TLS beside it), `server`
 * (its settings), `volume` and `swap` where the server is on this machine, and `sample` (cells in clear). What the role may not see is `unknown` and
 * names the grant. No user, password or value of a cell is in a row.
 */
export function postgresVerifier({
  machine = thisMachine,
  clock = systemClock,
  sample = true,
}: PostgresOptions = {}): Verifier<string> {
  return {
    name: 'postgres',
    async check(target, signal) {
      const name = restTargetName(target);
      let session: Reading;
      try {
        session = await openReading(target, signal);
      } catch (error) {
        const { code, reason } = reasonOfPostgres(error);
        const finding = code === 'no-tls' ? failed('connection', reason) : unknown('connection', reason);
        return evidenceOf(name, [finding], clock());
      }
      try {
        return evidenceOf(name, await findings(session, machine, sample, target, signal), clock());
      } catch (error) {
        return evidenceOf(name, [unknown('connection', reasonOfPostgres(error).reason)], clock());
      } finally {
        await session.close();
      }
    },
  };
}

async function findings(
  session: Reading,
  machine: Machine,
  sample: boolean,
  target: string,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { link } = session;
  const server = await serverFacts(session);
  const here = isHere(machine, link, { client: server.client, process: server.process, program: 'postgres' });
  const sslmode = new URL(target).searchParams.get('sslmode');
  const volume = volumeOf(machine, server, here);
  return [
    judgeLink(link, here, { sslmode, serverSays: server.connectionTls }, TLS),
    ...(link.tls === null ? [] : [await checkClear(session, signal)]),
    judgeServer(server),
    volume,
    ...(here ? [checkSwap(machine)] : []),
    ...(sample ? [await sampleTables(session, volume.outcome, signal)] : []),
  ];
}

/** Check `server`: what the server offers to everybody. */
function judgeServer({ version, settings }: ServerFacts): Finding {
  const on = settings.get('ssl') ?? null;
  const facts = {
    version,
    ssl: on,
    minimumTls: settings.get('ssl_min_protocol_version') ?? null,
    dataChecksums: settings.get('data_checksums') ?? null,
    passwords: settings.get('password_encryption') ?? null,
    listen: settings.get('listen_addresses') ?? null,
  };
  if (on === 'on') return judgeMinimum(facts);
  const listen = facts.listen?.split(/[\s,]+/).filter((one) => one !== '');
  if (on === null || listen === undefined) return unknown('server', denied('the setting ssl'), facts);
  if (listen.every((one) => /^(localhost|127\.[\d.]+|::1)$/.test(one)))
    return notApplicable('server', 'the server listens on this machine alone', facts);
  return failed('server', 'the server offers no TLS to the network: set ssl = on, and hostssl in pg_hba.conf', facts);
}

/** TLS 1.0 and 1.1 are not to be offered (RFC 8996; RFC 9325 section 3.1.1). Empty: whatever the server's OpenSSL allows. */
function judgeMinimum(facts: Finding['facts'] & { readonly minimumTls: string | null }): Finding {
  const { minimumTls } = facts;
  const remedy = "set ssl_min_protocol_version = 'TLSv1.2'";
  if (minimumTls === 'TLSv1.2' || minimumTls === 'TLSv1.3') return proven('server', facts);
  if (minimumTls === null || minimumTls === '')
    return unknown('server', `which versions of TLS the server offers is not said: ${remedy}`, facts);
  return failed('server', `the server offers ${minimumTls}: ${remedy}`, facts);
}

function denied(what: string): string {
  return `denied: the role may not see ${what}. Run there: GRANT pg_read_all_settings TO the role`;
}

/** Where data lies: the data directory, the write-ahead log, which may be a link to elsewhere, and tablespaces. */
function volumeOf(machine: Machine, { settings, tablespaces }: ServerFacts, here: boolean): Finding {
  const data = settings.get('data_directory');
  if (data === undefined) return unknown('volume', denied('data_directory'));
  const paths = [data, ...tablespaces];
  if (!here)
    return unknown(
      'volume',
      `the server is not seen to run on this machine: verify ${paths.map((path) => `file:${path}`).join(', ')} on its host`,
      {
        folders: paths,
      },
    );
  return checkVolumes(machine, [
    { name: 'data', path: data },
    { name: 'wal', path: `${data}/pg_wal` },
    ...tablespaces.map((path, i) => ({ name: `tablespace ${i + 1}`, path })),
  ]);
}

/**
 * Check `clear`: asks for a login without TLS and leaves. Where pg_hba.conf has `hostssl` alone, the server refuses before it asks for a
 * password (SQLSTATE 28000); none is ever sent here (postgresql.org/docs/15/protocol-flow.html, "Start-up").
 */
async function checkClear({ link, user, database }: Reading, signal: AbortSignal): Promise<Finding> {
  const [, host, port] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(link.remote ?? '') ?? [];
  if (host === undefined) return notApplicable('clear', 'a Unix socket does not leave this machine');
  const answer = await firstAnswer({ host, port: Number(port) }, startUp(user, database), 1, signal);
  if ('none' in answer) return unknown('clear', `a connection in clear had no answer (${answer.none})`);
  const kind = String.fromCharCode(answer.bytes[0] ?? 0);
  if (kind === 'R') return failed('clear', 'the server takes logins in clear beside TLS: make the lines of pg_hba.conf hostssl');
  // Fields of an ErrorResponse are a letter and a text that ends with NUL; C is the SQLSTATE.
  if (kind === 'E' && answer.bytes.includes('C28000\0'))
    return proven('clear', { refused: 'SQLSTATE 28000', asked: 'for the role and database of the URL, from this machine' });
  return unknown('clear', 'what the server says to a connection in clear is not known');
}

/** StartupMessage of protocol 3.0. */
function startUp(user: string, database: string): Buffer {
  const body = Buffer.from(`user\0${user}\0database\0${database}\0\0`, 'utf8');
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, body]);
}
