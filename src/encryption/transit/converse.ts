import { connect, type Socket } from 'node:net';
import type { Fact } from '../../core/evidence.ts';
import type { Dialogue } from './dialogue.ts';
import type { Address } from './exchange.ts';

/** How a conversation went. */
export type Heard =
  | { readonly kind: 'spoken'; readonly facts: Readonly<Record<string, Fact>> }
  /** It answered something else: how that begins. */
  | { readonly kind: 'other'; readonly first: Buffer }
  /** The connection was there, and ended without a word; with the error's code, where there was one. */
  | { readonly kind: 'ended'; readonly code: string | null }
  | { readonly kind: 'silent' }
  /** No connection. */
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'stopped' };

const FIRST = 16;
const TIMED_OUT = 'ETIMEDOUT';

/** A conversation in clear. `timeout` in milliseconds bounds the whole. Never rejects. */
export function converseInClear(
  { host, port }: Address,
  dialogue: Dialogue | null,
  timeout: number,
  signal: AbortSignal,
): Promise<Heard> {
  return converse(connect({ host, port }), 'connect', dialogue, timeout, signal);
}

/**
 * Holds a dialogue over a socket that is being opened; `opened` is the event by which it is. Without a dialogue nothing is sent, and what is
 * open is `silent`. Ends the connection. Never rejects: trouble is an answer, and what proved the protocol before it counts.
 */
export function converse(
  socket: Socket,
  opened: 'connect' | 'secureConnect',
  dialogue: Dialogue | null,
  timeout: number,
  signal: AbortSignal,
): Promise<Heard> {
  return new Promise((resolve) => {
    let isOpen = false;
    let received = Buffer.alloc(0);
    const finish = (heard: Heard): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      if (isOpen) socket.destroySoon();
      else socket.destroy();
      const facts = dialogue?.learned() ?? null;
      resolve(facts === null ? heard : { kind: 'spoken', facts });
    };
    const stop = (): void => finish({ kind: 'stopped' });
    const silent = (): void => finish({ kind: 'silent' });
    const timer = setTimeout(() => (isOpen ? silent() : finish({ kind: 'unreachable', code: TIMED_OUT })), timeout);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    socket.once(opened, () => {
      isOpen = true;
      if (dialogue === null) silent();
      else socket.write(dialogue.opening);
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (let step = dialogue?.hear(received); step !== undefined && step.kind !== 'more'; step = dialogue?.hear(received)) {
        if (step.kind !== 'reply') return finish({ kind: 'other', first: received.subarray(0, FIRST) });
        socket.write(step.bytes);
        received = received.subarray(step.taken);
      }
    });
    socket.once('end', () => finish({ kind: 'ended', code: null }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? 'unknown';
      finish(isOpen ? { kind: 'ended', code } : { kind: 'unreachable', code });
    });
  });
}
