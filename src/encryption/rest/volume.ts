import { basename } from 'node:path';
import { type Leaf, leavesOf } from './block.ts';
import { type Finding, failed, notApplicable, proven, unknown } from './evidence-row.ts';
import type { Machine } from './machine.ts';
import { type Mount, mountOf, parseMounts, parseSwaps } from './mounts.ts';

const NETWORK = /^(nfs\d?|cifs|smb3?|smbfs|ceph|9p|afs|lustre|glusterfs|gfs2|ocfs2|beegfs|virtiofs|fuse(blk|\..+)?)$/;
const LAYERED = /^(overlay|aufs|unionfs|ecryptfs)$/;
const MEMORY = /^(tmpfs|ramfs|hugetlbfs)$/;

/** Check `volume`: from the mount of `path` through every layer to every disk. Encrypted only where each of the ways down is. */
export function checkVolume(machine: Machine, path: string): Finding {
  const check = 'volume';
  const real = machine.real(path);
  if (real === null) return unknown(check, 'there is no such path, or it may not be looked at');
  const mount = mountAt(machine, real);
  if (mount === null) return unknown(check, '/proc/self/mountinfo does not say where the path lies (Linux only)');
  return judge(check, leavesOfMount(machine, mount, 0), { mount: mount.point, fileSystem: mount.type, device: mount.device });
}

/**
 * Check `volume` of a server that keeps its data in several places, each by a name for the facts (`data`, `wal`): encrypted only where all
 * of them are.
 */
export function checkVolumes(machine: Machine, places: readonly { readonly name: string; readonly path: string }[]): Finding {
  const found = places.map(({ name, path }) => ({ name, ...checkVolume(machine, path) }));
  const facts = Object.fromEntries(
    found.map(({ name, outcome, facts: { mount = null, leaves } }) => [
      name,
      [`${outcome} on ${mount ?? 'no mount that is seen'}`, ...(Array.isArray(leaves) ? leaves : [])],
    ]),
  );
  const reasons = (outcome: Finding['outcome']): string =>
    found.flatMap((one) => (one.outcome === outcome ? [`${one.name}: ${one.reason ?? ''}`] : [])).join('; ');
  const has = (outcome: Finding['outcome']): boolean => found.some((one) => one.outcome === outcome);
  if (has('failed')) return failed('volume', reasons('failed'), facts);
  if (has('unknown') || found.length === 0) return unknown('volume', reasons('unknown') || 'no folder is named', facts);
  if (has('proven')) return proven('volume', facts);
  return notApplicable('volume', 'it is memory, and on no disk (see swap)', facts);
}

/** Check `swap`: memory that is written out is at rest too. */
export function checkSwap(machine: Machine): Finding {
  const text = machine.text('/proc/swaps');
  if (text === null) return unknown('swap', '/proc/swaps cannot be read (Linux only)');
  const swaps = parseSwaps(text);
  const facts = { areas: swaps.map(({ path, kind }) => `${kind} ${path}`) };
  if (swaps.length === 0) return notApplicable('swap', 'there is no swap', facts);
  const leaves = swaps.flatMap(({ path, kind }) =>
    kind === 'file'
      ? leavesOfFile(machine, path, 0)
      : leavesOf(machine, `/sys/class/block/${basename(machine.real(path) ?? path)}`, below(machine)),
  );
  return judge('swap', leaves, facts);
}

function judge(check: string, leaves: readonly Leaf[], base: Finding['facts']): Finding {
  const facts = { ...base, leaves: leaves.map(({ device, what }) => `${device}: ${what}`) };
  const reasons = (outcome: Leaf['outcome']): string =>
    [...new Set(leaves.flatMap((leaf) => (leaf.outcome === outcome && leaf.reason !== null ? [leaf.reason] : [])))].join('; ');
  const has = (outcome: Leaf['outcome']): boolean => leaves.some((leaf) => leaf.outcome === outcome);
  if (has('failed')) return failed(check, reasons('failed'), facts);
  if (has('unknown') || leaves.length === 0) return unknown(check, reasons('unknown') || 'no device was found below', facts);
  if (has('proven')) return proven(check, facts);
  return notApplicable(check, 'it is memory, and on no disk (see swap)', facts);
}

function mountAt(machine: Machine, real: string): Mount | null {
  return mountOf(parseMounts(machine.text('/proc/self/mountinfo') ?? ''), real);
}

function leavesOfMount(machine: Machine, mount: Mount, depth: number): readonly Leaf[] {
  const { type, device, source } = mount;
  const silent = (reason: string): readonly Leaf[] => [{ device: type, outcome: 'unknown', what: `${type} file system`, reason }];
  if (MEMORY.test(type)) return [{ device: type, outcome: 'memory', what: 'memory', reason: null }];
  if (LAYERED.test(type))
    return silent(`${type} lies over other file systems: verify the folders that it is made of, on the host`);
  if (type === 'zfs') return silent('ZFS encrypts by itself or not at all: look with `zfs get encryption`');
  if (NETWORK.test(type)) return silent(`${type} is kept by another machine or program: ask there`);
  if (type === 'btrfs') return btrfsLeaves(machine, source, depth) ?? silent('the devices of this btrfs are not in /sys');
  if (device.startsWith('0:')) return silent(`${type} has no block device to look at`);
  return leavesOf(machine, `/sys/dev/block/${device}`, below(machine), depth);
}

/** btrfs spreads over devices and names one of them: all of them count. */
function btrfsLeaves(machine: Machine, source: string, depth: number): readonly Leaf[] | null {
  const name = basename(machine.real(source) ?? source);
  for (const id of machine.names('/sys/fs/btrfs') ?? []) {
    const folder = `/sys/fs/btrfs/${id}/devices`;
    const devices = machine.names(folder) ?? [];
    if (devices.includes(name)) return devices.flatMap((one) => leavesOf(machine, `${folder}/${one}`, below(machine), depth));
  }
  return null;
}

function leavesOfFile(machine: Machine, path: string, depth: number): readonly Leaf[] {
  const mount = mountAt(machine, machine.real(path) ?? path);
  if (mount !== null) return leavesOfMount(machine, mount, depth);
  return [{ device: path, outcome: 'unknown', what: 'file', reason: `where ${path} lies cannot be seen` }];
}

function below(machine: Machine): (path: string, depth: number) => readonly Leaf[] {
  return (path, depth) => leavesOfFile(machine, path, depth);
}
