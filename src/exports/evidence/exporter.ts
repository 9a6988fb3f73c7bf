import type { Exporter } from '../exporter.ts';
import { makePack } from './pack.ts';

/** `export evidence`: one zip. It is small enough (masked rows of a period) to be made in memory. */
export const evidenceExporter: Exporter = {
  contentType: 'application/zip',
  async write(request, out) {
    const pack = await makePack(request);
    await new Promise<void>((resolve, reject) => out.write(pack, (error) => (error ? reject(error) : resolve())));
  },
};
