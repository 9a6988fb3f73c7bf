import { basename, join } from 'node:path';
import type { Pack } from './detect/pack.ts';
import { provenPacks } from './proven-packs.ts';
import { readRuleFiles } from './rule-files.ts';
import { loadOverlays } from './tuning/load.ts';
import type { Overlay } from './tuning/schema.ts';

/** Where rules are read from. */
export interface RuleFolders {
  readonly packs: string;
  readonly overlays: string;
}

/** The rules of a site: the packs that are shipped, its own, and what it changes of both. */
export interface SiteRules {
  /** Those of the packs folder, then one for each overlay that has rules. */
  readonly packs: readonly Pack[];
  readonly overlays: readonly Overlay[];
  /** Entries of overlays that do nothing, one a line with its place. */
  readonly warnings: readonly string[];
}

/**
 * Reads and proves packs and overlays. `flows`: ids of the register, which overlays may name. Throws CordonError: `config.invalid` where a
 * folder cannot be read, `rules.invalid` with what is wrong.
 */
export function readSiteRules(folders: RuleFolders, flows: ReadonlySet<string> | null, now: number): SiteRules {
  const packs = provenPacks(folders.packs);
  const { overlays, packs: own, warnings } = loadOverlays(readOverlayFiles(folders.overlays), { packs, flows, now });
  return { packs: [...packs, ...own], overlays, warnings };
}

/** Files as errors name them: `overlays/x.yaml`, wherever the folder is. */
export function readOverlayFiles(folder: string): { file: string; text: string }[] {
  return readRuleFiles(folder, 'overlays').map(({ file, text }) => ({ file: join(basename(folder), basename(file)), text }));
}
