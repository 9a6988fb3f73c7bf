import { EDIT_ME, type ENTITIES, type PURPOSES } from '../policy/flow.ts';

/** What only a person can say of a flow: each stands as EDIT-ME in a draft. */
export interface Filled {
  readonly owner: string;
  readonly entity: (typeof ENTITIES)[number];
  readonly purpose: (typeof PURPOSES)[number];
}

/** A draft with what a person said in the place of each EDIT-ME; nothing else of it changes. */
export function filled(yaml: string, { owner, entity, purpose }: Filled): string {
  const put = (text: string, key: string, value: string): string => text.replace(`${key}: ${EDIT_ME}`, () => `${key}: ${value}`);
  // JSON strings are YAML strings, whatever somebody types.
  return put(put(put(yaml, 'owner', JSON.stringify(owner)), 'entity', entity), 'purpose', purpose)
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

/** A patch that adds a file, as `git apply` takes it. */
export function patchOf(path: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return ['--- /dev/null', `+++ b/${path}`, `@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`), ''].join('\n');
}
