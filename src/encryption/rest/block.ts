import { basename, dirname } from 'node:path';
import { LUKS_BYTES, luksCiphers } from './luks.ts';
import type { Machine } from './machine.ts';

/** Where a way down from a file system ends: at a layer that encrypts, or at a disk. */
export interface Leaf {
  /** `dm-0`, `sda` */
  readonly device: string;
  readonly outcome: 'proven' | 'failed' | 'unknown' | 'memory';
  /** What is there, in a few words: `CRYPT-LUKS2 aes-xts-plain64`, `disk without encryption`. */
  readonly what: string;
  /** The way out; null where it is proven or memory. */
  readonly reason: string | null;
}

/** Layers on layers that are deeper than this are not followed. */
const DEPTH = 16;

/** How the file behind a loop device is judged: the caller knows of file systems. */
export type FileLeaves = (path: string, depth: number) => readonly Leaf[];

/** The leaves below a block device, given as its folder in /sys (`/sys/dev/block/254:0`, `/sys/class/block/dm-1`). */
export function leavesOf(machine: Machine, folder: string, files: FileLeaves, depth = 0): readonly Leaf[] {
  const place = machine.real(folder);
  const device = basename(place ?? folder);
  if (place === null) return [unknownLeaf(device, 'not in /sys', 'the device is not in /sys: run this on the host')];
  if (depth > DEPTH) return [unknownLeaf(device, 'too deep', `more than ${DEPTH} layers below the file system`)];
  const uuid = machine.text(`${place}/dm/uuid`)?.trim() ?? '';
  const crypt = uuid.startsWith('CRYPT-') ? cryptLeaf(machine, place, device, uuid) : null;
  if (crypt !== null) return [crypt];
  if (machine.text(`${place}/partition`) !== null) return leavesOf(machine, dirname(place), files, depth + 1);
  const backing = machine.text(`${place}/loop/backing_file`)?.trim();
  if (backing !== undefined) return files(backing, depth + 1);
  const below = machine.names(`${place}/slaves`);
  if (below === null) return [unknownLeaf(device, 'not readable', 'what is below the device cannot be read in /sys')];
  if (below.length > 0) return below.flatMap((name) => leavesOf(machine, `${place}/slaves/${name}`, files, depth + 1));
  return zramLeaves(machine, place, device, files, depth) ?? [diskLeaf(machine, place, device)];
}

/** A layer of cryptsetup; null for those that only check or split, and so are looked through. */
function cryptLeaf(machine: Machine, place: string, device: string, uuid: string): Leaf | null {
  const kind = uuid.split('-').slice(0, 2).join('-');
  if (/^CRYPT-(VERITY|INTEGRITY|SUBDEV)$/.test(kind)) return null;
  if (!/^CRYPT-LUKS[12]$/.test(kind)) {
    return unknownLeaf(device, kind, `${device} is ${kind}: it has no LUKS header that says which cipher is used. Use LUKS2`);
  }
  const [below] = machine.names(`${place}/slaves`) ?? [];
  const head = below === undefined ? null : machine.head(`/dev/${below}`, LUKS_BYTES);
  const ciphers = head === null ? null : luksCiphers(head);
  // Without root, or with a detached header, the cipher stays unseen; cryptsetup makes LUKS with a real one unless it is told otherwise.
  const what = `${kind} ${ciphers === null ? '(cipher not read)' : ciphers.join(', ')}`;
  if (ciphers?.some((cipher) => cipher.startsWith('cipher_null')) === true)
    return {
      device,
      outcome: 'failed',
      what,
      reason: `${device} is LUKS with cipher_null, which encrypts nothing. Re-encrypt it`,
    };
  if (ciphers?.includes('none') === true)
    return unknownLeaf(device, what, `${device} has segments that the kernel does not encrypt`);
  return { device, outcome: 'proven', what, reason: null };
}

/** Compressed memory is no disk, unless pages of it are written to one. */
function zramLeaves(machine: Machine, place: string, device: string, files: FileLeaves, depth: number): readonly Leaf[] | null {
  if (!/^zram\d+$/.test(device)) return null;
  const backing = machine.text(`${place}/backing_dev`)?.trim() ?? 'none';
  if (backing === 'none') return [{ device, outcome: 'memory', what: 'memory', reason: null }];
  return leavesOf(machine, `/sys/class/block/${basename(backing)}`, files, depth + 1);
}

const NETWORK_DISK = /^(nbd|rbd|drbd)\d+/;
/** How virtual disks and those of a storage network are attached. */
const ATTACHED = /\/(virtio\d+|vbd-\d+|vmbus|session\d+|rport-[^/]+)\//i;
const VIRTUAL = /amazon elastic block store|amazon ec2|qemu|vmware|vbox|virtual|msft|google|persistentdisk|xen|nutanix|red ?hat/i;

function diskLeaf(machine: Machine, place: string, device: string): Leaf {
  if (NETWORK_DISK.test(device)) return unknownLeaf(device, 'network disk', `${device} lies on another machine: ask there`);
  if (device.startsWith('dm-'))
    return unknownLeaf(device, 'mapping without a disk', `${device} maps to no device that can be seen`);
  const model = [machine.text(`${place}/device/vendor`), machine.text(`${place}/device/model`)]
    .map((text) => text?.trim() ?? '')
    .join(' ');
  if (ATTACHED.test(`${place}/`) || VIRTUAL.test(model)) {
    const text = `${device} is a virtual or attached disk without dm-crypt here: whether its host encrypts it cannot be seen from inside`;
    return unknownLeaf(device, 'virtual disk', `${text}. Use LUKS, or let whoever runs the host attest it`);
  }
  const text = `${device} is a disk without dm-crypt. Use LUKS; that a drive encrypts by itself can only be attested`;
  return { device, outcome: 'failed', what: 'disk without encryption', reason: text };
}

function unknownLeaf(device: string, what: string, reason: string): Leaf {
  return { device, outcome: 'unknown', what, reason };
}
