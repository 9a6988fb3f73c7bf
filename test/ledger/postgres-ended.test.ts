import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createSessions } from '../../src/ledger/postgres/pool.ts';

/** A message of PostgreSQL's protocol (53.7): its letter, its length with itself, its body. */
function message(letter: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const ENDED = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'));

it('fails a statement, and not the process, where the server ends the session in the packet that says it is ready', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(Buffer.concat([AUTHENTICATED, READY, ENDED])));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtExceptionMonitor', note);
  onTestFinished(() => void process.off('uncaughtExceptionMonitor', note));
  const { port } = server.address() as AddressInfo;
  const sessions = createSessions(`postgres://cordon@127.0.0.1:${port}/cordon`, { most: 1 });
  onTestFinished(() => sessions.close());
  await expect(sessions.exec('SELECT 1')).rejects.toMatchObject({ code: 'ledger.unavailable' });
  expect(uncaught).toEqual([]);
});
