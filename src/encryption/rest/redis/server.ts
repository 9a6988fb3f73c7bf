import { type Address, addressOf } from '../link.ts';
import { type Asking, reasonOfRedis } from './open.ts';

/** What Redis says of itself to this user; what it may not ask for is null or not in `settings`. */
export interface RedisFacts {
  readonly version: string | null;
  readonly process: number | null;
  /** This connection as the server sees it. */
  readonly client: Address | null;
  readonly settings: ReadonlyMap<string, string>;
  /** Why settings are missing; null where none is. */
  readonly denied: string | null;
}

/** Never `requirepass`, whose value is the password. */
const SETTINGS = ['dir', 'appenddirname', 'appendonly', 'save', 'maxmemory-policy', 'port', 'tls-port', 'bind', 'protected-mode'];

export async function redisFacts(redis: Asking): Promise<RedisFacts> {
  const info = new Map<string, string>();
  const settings = new Map<string, string>();
  const denied: string[] = [];
  const or = async (permission: string, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      denied.push(`${reasonOfRedis(error).reason}. The ACL of the user needs ${permission}`);
    }
  };
  await or('+info', async () => {
    for (const line of textOf(await redis.ask('INFO', 'server')).split('\r\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) info.set(line.slice(0, colon), line.slice(colon + 1));
    }
  });
  let client: Address | null = null;
  await or('+client|info', async () => {
    client = clientOf(textOf(await redis.ask('CLIENT', 'INFO')));
  });
  await or('+config|get', async () => {
    for (const name of SETTINGS) {
      // One each: several at once are of Redis 7. A name that this version does not know gives none.
      const answer = await redis.ask('CONFIG', 'GET', name);
      if (Array.isArray(answer) && answer.length === 2) settings.set(name, textOf(answer[1]));
    }
  });
  return {
    version: info.get('redis_version') ?? null,
    process: info.has('process_id') ? Number(info.get('process_id')) : null,
    client,
    settings,
    denied: denied.at(-1) ?? null,
  };
}

/** `addr=127.0.0.1:41212` of CLIENT INFO; a Unix socket is `/path:0`. */
function clientOf(info: string): Address | null {
  const [, host, port] = /\baddr=\[?([^\s\]]+?)\]?:(\d+)(?:\s|$)/.exec(info) ?? [];
  return host === undefined || host.startsWith('/') ? null : addressOf(host, Number(port));
}

function textOf(answer: unknown): string {
  return Buffer.isBuffer(answer) ? answer.toString('utf8') : String(answer ?? '');
}
