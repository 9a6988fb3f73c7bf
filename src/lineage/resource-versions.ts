import type { Parsed } from '../core/format.ts';
import { byAddress } from './by-address.ts';

const ID = 1;
const VERSION = 2;
const UPDATED = 3;
/** What servers write anew when they take a resource in: no part of what it says. */
const OTHER_META = 4;

/** Which part of a resource's own record a leaf is; 0 for what the resource says. */
export const recordOf = byAddress(({ format, path, group }) => {
  if (format !== 'fhir') return 0;
  if (path === `${group}.id`) return ID;
  if (path === `${group}.meta.versionId`) return VERSION;
  if (path === `${group}.meta.lastUpdated`) return UPDATED;
  return path.startsWith(`${group}.meta.`) ? OTHER_META : 0;
});

/** Ids that a server counts up are the same on every server; longer ones are made to be unique. */
const UNIQUE_ID = 16;

/**
 * Type, id and version of every resource of a FHIR body (FHIR §3.1.0.3), wherever it lies: what stays the same when a Bundle is taken apart, reordered or put
 * together anew. A resource without a version has none; one with a short id needs the time of its last change as well.
 */
export function resourceVersions({ leaves }: Parsed): string[][] {
  const { tree } = leaves;
  if (tree === undefined) return [];
  const records = new Map<number, { type: string; id: string; version: string; updated: string }>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const part = recordOf(leaves, leaf);
    if (part === 0 || part === OTHER_META) continue;
    const object = tree.objectOf(leaf);
    const resource = part === ID ? object : tree.parentOf(object);
    const record = records.get(resource) ?? { type: leaves.addressOf(leaf).group, id: '', version: '', updated: '' };
    records.set(resource, record);
    record[part === ID ? 'id' : part === VERSION ? 'version' : 'updated'] = leaves.text(leaf);
  }
  return [...records.values()].flatMap(({ type, id, version, updated }) => {
    if (id === '' || (version === '' && updated === '') || (id.length < UNIQUE_ID && updated === '')) return [];
    return [['r', type, id, version, updated]];
  });
}
