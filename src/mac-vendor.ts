import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The maker that an OUI (`001221`) was given to; null where nobody has it. */
export type VendorOf = (oui: string) => string | null;

let loading: Promise<VendorOf> | null = null;

/**
 * The IEEE's registry of OUIs (npm `oui-data`), read when somebody first asks: the file has 5.6 MB, of which the names of the makers are kept and
 * their addresses are not.
 */
export function loadVendors(): Promise<VendorOf> {
  loading ??= read().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function read(): Promise<VendorOf> {
  const registry: unknown = JSON.parse(await readFile(fileURLToPath(import.meta.resolve('oui-data')), 'utf8'));
  const names = new Map<string, string>();
  if (typeof registry === 'object' && registry !== null) {
    for (const [oui, entry] of Object.entries(registry)) {
      const [name = ''] = typeof entry === 'string' ? entry.split('\n') : [];
      // A slice would keep the whole entry, and so the file, in memory.
      if (name !== '') names.set(oui, Buffer.from(name).toString());
    }
  }
  return (oui) => names.get(oui.toUpperCase()) ?? null;
}
