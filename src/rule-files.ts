import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CordonError, reasonOf } from './core/errors.ts';

/** The profiles belong to the program: a site that changed them would prove something else under a standard's name. */
export const TRANSIT_PROFILES = resolve(import.meta.dirname, '../rules/transit');

/** A YAML file of a rules folder: packs and flow policies are read alike. */
export interface RuleFile {
  readonly file: string;
  readonly text: string;
}

/** Every `.yaml` and `.yml` of a folder, sorted by name. Throws `config.invalid` where the folder cannot be read. */
export function readRuleFiles(folder: string, what: string): RuleFile[] {
  if (!existsSync(folder)) {
    throw new CordonError(
      'config.invalid',
      `${folder}: there is no such folder of ${what}; make it, or name another in the configuration`,
    );
  }
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
  } catch (error) {
    throw new CordonError('config.invalid', `${folder}: cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
