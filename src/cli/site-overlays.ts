import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { type Config, keyringPlace } from '../config.ts';
import type { Clock } from '../core/clock.ts';
import { createTokenizer, type Tokenizer } from '../core/token.ts';
import type { Pack } from '../detect/pack.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { openKeyring } from '../keyring/open.ts';
import { loadFlows } from '../policy/load.ts';
import { readRuleFiles } from '../rule-files.ts';
import { readOverlayFiles } from '../site-rules.ts';
import { type LoadedOverlays, loadOverlays } from '../tuning/load.ts';
import { configOf } from './load-config.ts';

/** Option of commands that read overlays; left out: those of the configuration. */
export const OVERLAYS_OPTION = ['--overlays <dir>', 'folder of overlays (default: that of the configuration)'] as const;

/** The overlays of a folder, or of the configuration, over packs. Throws `rules.invalid` as `loadOverlays` does. */
export function overlaysOver(packs: readonly Pack[], dir: string | undefined, command: Command, clock: Clock): LoadedOverlays {
  const { config } = configOf(command);
  const files = readOverlayFiles(dir ?? config.overlays);
  return loadOverlays(files, { packs, flows: files.length === 0 ? null : flowIds(config), now: clock() });
}

/** Ids of the flow policies that overlays may name. */
function flowIds(config: Pick<Config, 'flows'>): ReadonlySet<string> {
  return new Set(loadFlows(readRuleFiles(config.flows, 'flow policies')).map(({ id }) => id));
}

/** The keyring of the configuration; null where none was made yet. */
export async function knownKeyring(config: Config): Promise<Keyring | null> {
  const place = keyringPlace(config);
  return existsSync(place.path) ? await openKeyring(place, false) : null;
}

/** A tokenizer for each token key, by key id; none without a keyring: then no entry that names tokens holds. */
export function tokenizersOf(keyring: Keyring | null): ReadonlyMap<string, Tokenizer> {
  return new Map([...(keyring?.tokenKeys.values() ?? [])].map((key) => [key.kid, createTokenizer(key)]));
}
