import { spawn } from 'node:child_process';
import { toolPath } from '../setup/tools.ts';

interface Ran {
  readonly code: number | null;
  /** All that it printed. */
  readonly out: string;
}

/** A client of DCMTK, as many modalities speak. */
export function dcmtk(tool: 'echoscu' | 'storescu', ...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    // Without it each object waits for the acknowledgment of its command, 40 ms.
    const child = spawn(toolPath(tool), args, { env: { ...process.env, TCP_NODELAY: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        out += chunk.toString('latin1');
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
  });
}
