import { type Address, addressOf } from '../link.ts';
import type { Reading } from './open.ts';

/** What the server says of itself to this role. A setting that the role may not see is not in `settings`. */
export interface ServerFacts {
  readonly version: string;
  readonly settings: ReadonlyMap<string, string>;
  /** Folders of tablespaces outside of the data directory. */
  readonly tablespaces: readonly string[];
  /** This connection as the server sees it. */
  readonly client: Address | null;
  readonly process: number | null;
  /** What pg_stat_ssl says of this connection: `TLSv1.3 TLS_AES_256_GCM_SHA384`; null in clear. */
  readonly connectionTls: string | null;
}

const SETTINGS = [
  'ssl',
  'ssl_min_protocol_version',
  'data_directory',
  'data_checksums',
  'password_encryption',
  'listen_addresses',
];

export async function serverFacts(session: Reading): Promise<ServerFacts> {
  const settings = await session.all('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [SETTINGS]);
  const spaces = await session.all(
    "SELECT pg_tablespace_location(oid) AS folder FROM pg_tablespace WHERE pg_tablespace_location(oid) <> '' ORDER BY 1",
  );
  const [self = {}] = await session.all(
    `SELECT current_setting('server_version') AS version, pg_backend_pid() AS pid, host(inet_client_addr()) AS host,
       inet_client_port() AS port, s.version AS tls, s.cipher AS cipher
     FROM (SELECT 1) AS one LEFT JOIN pg_stat_ssl AS s ON s.pid = pg_backend_pid() AND s.ssl`,
  );
  return {
    version: String(self.version ?? ''),
    settings: new Map(settings.map(({ name, setting }) => [String(name), String(setting)])),
    tablespaces: spaces.map(({ folder }) => String(folder)),
    client: addressOf(textOf(self.host), numberOf(self.port)),
    process: numberOf(self.pid),
    connectionTls: typeof self.tls === 'string' ? `${self.tls} ${String(self.cipher)}` : null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
