import { join } from 'node:path';
import { type Clock, systemClock } from '../../../core/clock.ts';
import type { Verifier } from '../../../core/evidence.ts';
import { restTargetName } from '../../../core/rest-target.ts';
import { evidenceOf, type Finding, failed, notApplicable, proven, unknown } from '../evidence-row.ts';
import { firstAnswer } from '../first-answer.ts';
import { isHere, judgeLink } from '../link.ts';
import { type Machine, thisMachine } from '../machine.ts';
import { checkSwap, checkVolumes } from '../volume.ts';
import { type Asking, openAsking, reasonOfRedis } from './open.ts';
import { sampleKeys } from './sample.ts';
import { type RedisFacts, redisFacts } from './server.ts';

const TLS = 'Use rediss:// and a port with TLS (tls-port)';

interface RedisOptions {
  readonly machine?: Machine;
  readonly clock?: Clock;
  /** PEM of the authorities that the server is trusted by, instead of those of Node. */
  readonly ca?: string | undefined;
  /** Without it no key is looked at: for the Redis of the queue, which holds ids. */
  readonly sample?: boolean;
}

/**
 * Verifies `redis://…` and `rediss://…`: `connection` (this one), `protected` (whether it lets in who gives no password), `clear` (whether a
 * port without TLS is open beside it), `server` (its settings), `volume` and `swap` where it is on this machine, and `sample` (strings in clear).
 * What the user may not ask is `unknown` and names the ACL. No user, password, key or value is in a row.
 */
export function redisVerifier({
  machine = thisMachine,
  clock = systemClock,
  ca,
  sample = true,
}: RedisOptions = {}): Verifier<string> {
  return {
    name: 'redis',
    async check(target, signal) {
      const name = restTargetName(target);
      let redis: Asking | null = null;
      try {
        redis = await openAsking(target, signal, { ca });
        // A password that is wrong is told with the first answer.
        await redis.ask('PING');
        const { link } = redis;
        const server = await redisFacts(redis);
        const here = isHere(machine, link, { client: server.client, process: server.process, program: 'redis-server' });
        const volume = volumeOf(machine, server, here);
        const findings = [
          judgeLink(link, here, {}, TLS),
          await checkProtected(target, server, signal, ca),
          ...(link.tls === null ? [] : [await checkClear(target, server, signal)]),
          judgeServer(server),
          volume,
          ...(here ? [checkSwap(machine)] : []),
          ...(sample ? [await sampleKeys(redis, volume.outcome, signal)] : []),
        ];
        return evidenceOf(name, findings, clock());
      } catch (error) {
        return evidenceOf(name, [unknown('connection', reasonOfRedis(error).reason)], clock());
      } finally {
        redis?.close();
      }
    },
  };
}

/** Check `server`: what it keeps, and what it offers to the network. */
function judgeServer({ version, settings, denied }: RedisFacts): Finding {
  const of = (name: string): string | null => settings.get(name) ?? null;
  const facts = {
    version,
    appendonly: of('appendonly'),
    save: of('save'),
    maxmemoryPolicy: of('maxmemory-policy'),
    port: of('port'),
    tlsPort: of('tls-port'),
    bind: of('bind'),
  };
  if (denied !== null) return unknown('server', denied, facts);
  if (facts.port === null) return unknown('server', 'Redis does not tell its settings', facts);
  if (of('port') === '0') return proven('server', facts);
  if (listensHereOnly(settings)) return notApplicable('server', 'Redis listens on this machine alone', facts);
  const text = 'Redis offers a port without TLS to the network';
  return failed('server', `${text}: set port 0 and tls-port, or bind it to loopback`, facts);
}

function listensHereOnly(settings: ReadonlyMap<string, string>): boolean {
  const bound =
    settings
      .get('bind')
      ?.split(/\s+/)
      .filter((one) => one !== '') ?? [];
  // Without an address it listens on all of them.
  return bound.length > 0 && bound.every((one) => /^-?(127\.[\d.]+|::1)$/.test(one));
}

/** The append-only files and snapshots lie in `dir`. */
function volumeOf(machine: Machine, { settings, denied }: RedisFacts, here: boolean): Finding {
  const dir = settings.get('dir');
  if (dir === undefined) return unknown('volume', denied ?? 'Redis does not say where its files lie');
  const facts = { folder: dir };
  const appends = settings.get('appendonly') === 'yes';
  if (!appends && settings.get('save') === '') return notApplicable('volume', 'Redis writes nothing to a disk (see swap)', facts);
  if (!here) return unknown('volume', `Redis is not seen to run on this machine: verify file:${dir} on its host`, facts);
  const log = settings.get('appenddirname');
  return checkVolumes(machine, [
    { name: 'data', path: dir },
    ...(appends && log !== undefined ? [{ name: 'log', path: join(dir, log) }] : []),
  ]);
}

/** Check `protected`: asks without user and password. */
async function checkProtected(
  target: string,
  { settings }: RedisFacts,
  signal: AbortSignal,
  ca: string | undefined,
): Promise<Finding> {
  let redis: Asking | null = null;
  try {
    redis = await openAsking(target, signal, { ca, nameless: true });
    await redis.ask('PING');
  } catch (error) {
    const { code, reason } = reasonOfRedis(error);
    if (code === 'NOAUTH' || code === 'DENIED') return proven('protected', { refused: code });
    // The user without a name may have been left fewer rights than PING.
    if (code === 'NOPERM') return proven('protected', { refused: code });
    return unknown('protected', reason);
  } finally {
    redis?.close();
  }
  if (listensHereOnly(settings))
    return notApplicable('protected', 'only programs on its machine reach it, and they need no password');
  return failed(
    'protected',
    'Redis lets in who gives no password. Set requirepass, or a password in its ACL, and protected-mode yes',
  );
}

/** Check `clear`: a PING to the port without TLS. An answer, even a refusal, says that commands and passwords would go there in clear. */
async function checkClear(target: string, { settings, denied }: RedisFacts, signal: AbortSignal): Promise<Finding> {
  const port = settings.get('port');
  if (port === undefined) return unknown('clear', denied ?? 'Redis does not say whether it has a port without TLS');
  if (port === '0') return proven('clear', { port: 0 });
  const host = new URL(target).hostname.replace(/^\[(.*)\]$/, '$1');
  const answer = await firstAnswer({ host, port: Number(port) }, Buffer.from('PING\r\n'), 1, signal);
  const facts = { port: Number(port) };
  if ('none' in answer) {
    return answer.none === 'ECONNREFUSED'
      ? proven('clear', { ...facts, refused: answer.none })
      : unknown('clear', `the port without TLS had no answer (${answer.none})`, facts);
  }
  const first = String.fromCharCode(answer.bytes[0] ?? 0);
  if (first === '+' || first === '-') return failed('clear', 'Redis takes connections in clear beside TLS: set port 0', facts);
  return unknown('clear', 'what answers on the port without TLS is not Redis', facts);
}
