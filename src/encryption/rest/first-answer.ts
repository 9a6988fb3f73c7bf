import { connect } from 'node:net';

/** Milliseconds. */
const PATIENCE = 5_000;

/** What a server answered to a first message in clear: its first bytes, or why there were none. */
export type FirstAnswer = { readonly bytes: Buffer } | { readonly none: string };

/**
 * Sends one message over a new connection in clear and resolves with the first bytes that come back (at least `atLeast` of them, unless the
 * server ends). For questions that need no secret: nothing else is sent.
 */
export function firstAnswer(
  place: { readonly host: string; readonly port: number },
  message: Uint8Array,
  atLeast: number,
  signal: AbortSignal,
): Promise<FirstAnswer> {
  return new Promise((resolve) => {
    const socket = connect(place);
    let bytes = Buffer.alloc(0);
    const end = (answer: FirstAnswer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', late);
      socket.destroy();
      resolve(answer);
    };
    const late = (): void => end({ none: 'timed out' });
    const timer = setTimeout(late, PATIENCE);
    signal.addEventListener('abort', late, { once: true });
    if (signal.aborted) late();
    socket.once('connect', () => socket.write(message));
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= atLeast) end({ bytes });
    });
    socket.once('error', (error: NodeJS.ErrnoException) => end({ none: error.code ?? 'the connection failed' }));
    socket.once('close', () => end(bytes.length === 0 ? { none: 'the server closed it' } : { bytes }));
  });
}
