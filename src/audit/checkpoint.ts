/** What a checkpoint of the log says (C2SP tlog-checkpoint), before it is signed. */
export interface LogState {
  /** Names the log, and with it the keyring that signs. */
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** Three lines: origin, size in decimal, root in base64. */
export function checkpointText({ origin, size, root }: LogState): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** Reads them; extension lines after them are passed over. Null for what is no checkpoint. */
export function parseCheckpoint(text: string): LogState | null {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const hash = Buffer.from(root, 'base64');
  if (origin === '' || !/^(?:0|[1-9]\d{0,14})$/.test(size) || hash.length !== 32 || hash.toString('base64') !== root) return null;
  return { origin, size: Number(size), root: hash };
}
