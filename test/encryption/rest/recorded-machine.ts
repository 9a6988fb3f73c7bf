import type { Machine } from '../../../src/encryption/rest/machine.ts';

/** What /proc and /sys hold of a block device: its folder, and what of it matters. */
export interface RecordedDevice {
  /** `254:0` */
  readonly number: string;
  /** Real folder below /sys/devices, as `virtual/block/dm-0` or `pci0000:00/…/block/sda/sda1`. */
  readonly at: string;
  readonly uuid?: string;
  readonly partition?: boolean;
  /** Names of the devices below. */
  readonly slaves?: readonly string[];
  /** Further files of its folder. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Recorded {
  /** Lines of mountinfo from the device's number on: `254:0 / / rw - ext4 /dev/vda rw`. */
  readonly mounts?: readonly string[];
  readonly swaps?: readonly string[];
  readonly devices?: readonly RecordedDevice[];
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  /** First bytes of `/dev/…`. */
  readonly heads?: Readonly<Record<string, Buffer>>;
}

/** A machine from what was recorded of one. Paths outside of /sys are there, and are no links unless it is said. */
export function recordedMachine(recorded: Recorded): Machine {
  const files = new Map(Object.entries(recorded.files ?? {}));
  const links = new Map(Object.entries(recorded.links ?? {}));
  const folders = new Map<string, string[]>();
  const placeOf = new Map<string, string>();
  for (const device of recorded.devices ?? []) placeOf.set(nameOf(device), `/sys/devices/${device.at}`);
  for (const device of recorded.devices ?? []) {
    const place = `/sys/devices/${device.at}`;
    links.set(`/sys/dev/block/${device.number}`, place);
    links.set(`/sys/class/block/${nameOf(device)}`, place);
    if (device.uuid !== undefined) files.set(`${place}/dm/uuid`, `${device.uuid}\n`);
    if (device.partition === true) files.set(`${place}/partition`, '1\n');
    else folders.set(`${place}/slaves`, [...(device.slaves ?? [])]);
    for (const name of device.slaves ?? []) links.set(`${place}/slaves/${name}`, placeOf.get(name) ?? `/sys/nowhere/${name}`);
    for (const [name, text] of Object.entries(device.files ?? {})) files.set(`${place}/${name}`, text);
  }
  if (recorded.mounts !== undefined)
    files.set('/proc/self/mountinfo', recorded.mounts.map((line, i) => `${i + 20} 1 ${line}\n`).join(''));
  const swaps = ['Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority', ...(recorded.swaps ?? [])];
  files.set('/proc/swaps', `${swaps.join('\n')}\n`);
  for (const name of recorded.files === undefined ? [] : Object.keys(recorded.files)) addFolders(folders, name);
  for (const name of Object.keys(recorded.links ?? {})) addFolders(folders, name);
  return {
    text: (path) => files.get(path) ?? null,
    head: (path) => recorded.heads?.[path] ?? null,
    names: (folder) => folders.get(folder) ?? null,
    real: (path) => links.get(path) ?? (path.startsWith('/sys/') && ![...placeOf.values()].includes(path) ? null : path),
  };
}

function nameOf({ at }: RecordedDevice): string {
  return at.slice(at.lastIndexOf('/') + 1);
}

function addFolders(folders: Map<string, string[]>, path: string): void {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end);
    const name = path.slice(end + 1).split('/')[0] ?? '';
    folders.set(folder, [...new Set([...(folders.get(folder) ?? []), name])]);
  }
}
