import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type LoadedConfig, parseConfig } from '../config-read.ts';
import { CordonError, reasonOf } from '../core/errors.ts';

const DEFAULT_FILE = 'cordon.yaml';

/**
 * The configuration: `path`, else cordon.yaml of the working folder if there is one, then the environment. Throws `config.invalid`
 * with every error, or `usage` where the file that was asked for cannot be read.
 */
export function loadConfig(path: string | undefined, env: NodeJS.ProcessEnv = process.env): LoadedConfig {
  const name = path ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : null);
  return name === null ? parseConfig({ env }) : parseConfig({ file: { name, text: readText(name) }, env });
}

/** The configuration for a command: `--config` may stand before or after the command's name. */
export function configOf(command: Command, env: NodeJS.ProcessEnv = process.env): LoadedConfig {
  const { config } = command.optsWithGlobals<{ config?: string }>();
  return loadConfig(config, env);
}

/** Text of a file that was named on the command line. Throws `usage`. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CordonError('usage', `${path}: cannot be read (${reasonOf(error)})`, { cause: error });
  }
}
