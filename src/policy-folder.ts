import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, open, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { reasonOf } from './core/errors.ts';

/** What became of a policy that was to be saved. */
export type Saved = { readonly kind: 'saved' | 'exists' } | { readonly kind: 'refused'; readonly why: string };

/** The folder that flow policies are read from (CORDON_FLOWS), for who may add one. */
export interface PolicyFolder {
  /** As people know it: the last part of its path. */
  readonly name: string;
  /** Whether this process may write into it. */
  isWritable(): Promise<boolean>;
  /** Names of its policy files without their ending, those that are not in force yet included. */
  names(): Promise<readonly string[]>;
  /** Adds `ID.yaml`. A file that is there is never changed: who reviews policies decides on changes. */
  add(id: string, text: string): Promise<Saved>;
}

/** `id` is an id of a policy, which is a file name without surprises. */
export function openPolicyFolder(folder: string): PolicyFolder {
  return {
    name: basename(folder),
    async isWritable() {
      try {
        await access(folder, constants.W_OK | constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
    async names() {
      const files = await readdir(folder);
      return files.filter((name) => /\.ya?ml$/.test(name)).map((name) => name.replace(/\.ya?ml$/, ''));
    },
    async add(id, text) {
      const draft = join(folder, `.${id}.${randomUUID()}`);
      try {
        await write(draft, text);
        // A link is made or is not, and not over a file that is there: nobody reads half a policy.
        await link(draft, join(folder, `${id}.yaml`));
        return { kind: 'saved' };
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return { kind: 'exists' };
        return { kind: 'refused', why: reasonOf(error) };
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}

async function write(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o644);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
