import { CordonError } from '../core/errors.ts';

const MOST = 4096;

/** The first line of a stream, without its end: how a secret gets in, which an argument would show to everybody on the machine. Throws `usage` where there is none. */
export async function firstLine(stream: NodeJS.ReadStream): Promise<string> {
  if (stream.isTTY) throw new CordonError('usage', 'pipe the value in: a terminal would show it, as in: cordon … < FILE');
  stream.setEncoding('utf8');
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n') || text.length > MOST) break;
  }
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  if (line === '' || line.length > MOST) throw new CordonError('usage', `stdin holds no line of 1 to ${MOST} characters`);
  return line;
}
