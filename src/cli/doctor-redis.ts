import type { Config } from '../config.ts';
import { restTargetName } from '../core/rest-target.ts';
import { type Asking, openAsking, reasonOfRedis } from '../encryption/rest/redis/open.ts';
import { redisFacts } from '../encryption/rest/redis/server.ts';
import { redisCa, redisUrl } from '../service-urls.ts';
import type { Diagnosis } from './doctor-checks.ts';

/** Most time for all questions. */
const MS = 10_000;

/**
 * Redis of the queue: it answers, forgets no entry to make room, keeps entries over a restart, and is not reached in clear over the network.
 * None where the queue is in this process.
 */
export async function checkRedis(config: Config): Promise<readonly Diagnosis[]> {
  const url = redisUrl(config);
  if (url === null) return [];
  const ca = redisCa(config);
  const name = 'queue';
  const place = restTargetName(url);
  let redis: Asking | null = null;
  try {
    redis = await openAsking(url, AbortSignal.timeout(MS), { ca });
    await redis.ask('PING');
    const { version, settings, denied } = await redisFacts(redis);
    const encrypted = redis.link.tls !== null;
    const text = `${place}, Redis ${version ?? '(version not told)'}`;
    return [
      { level: 'ok', name, text },
      encrypted || isLoopback(url)
        ? { level: 'ok', name: `${name} connection`, text: encrypted ? 'TLS' : 'in clear, to this machine' }
        : {
            level: 'warn',
            name: `${name} connection`,
            text: 'in clear over the network',
            remedy: 'use rediss:// (REDIS_URL), and tls-port in Redis',
          },
      ...settingsOf(name, settings, denied),
    ];
  } catch (error) {
    return [{ level: 'fail', name, text: `${place}: ${reasonOfRedis(error).reason}` }];
  } finally {
    redis?.close();
  }
}

function settingsOf(queue: string, settings: ReadonlyMap<string, string>, denied: string | null): readonly Diagnosis[] {
  const name = `${queue} settings`;
  const policy = settings.get('maxmemory-policy');
  const appends = settings.get('appendonly');
  if (policy === undefined || appends === undefined) {
    const remedy = 'look there for maxmemory-policy noeviction and appendonly yes, or let this user ask';
    return [{ level: 'warn', name, text: denied ?? 'Redis does not tell its settings', remedy }];
  }
  if (policy !== 'noeviction') {
    const text = `maxmemory-policy is ${policy}: Redis drops entries of the queue when its memory is full`;
    return [{ level: 'fail', name, text, remedy: 'set maxmemory-policy noeviction' }];
  }
  if (appends !== 'yes') {
    const text = 'no append-only file: what waits is found again half a minute after Redis restarts, and not at once';
    return [{ level: 'warn', name, text, remedy: 'set appendonly yes' }];
  }
  return [{ level: 'ok', name, text: 'noeviction, append-only file' }];
}

function isLoopback(url: string): boolean {
  return /^(127\.[\d.]+|\[::1\]|localhost)$/.test(new URL(url).hostname);
}
