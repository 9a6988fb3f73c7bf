import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  /** The folder where a program finds the disk; it is there, and empty. */
  readonly disk: string;
  readonly bytes: number;
  /** As whom the program runs, and whose the disk is; without it as whoever runs the tests. */
  readonly owner: { readonly uid?: number; readonly gid?: number };
}

/**
 * Starts a program with a file system of so many bytes in a folder: a tmpfs in mounts of the program's own (mount_namespaces(7)), which
 * goes when the program ends. Who is not root becomes root of a user namespace for the mount, and then itself again.
 */
export function onSmallDisk({ disk, bytes, owner }: SmallDisk, command: readonly string[], options: SpawnOptions): ChildProcess {
  const [program, ...args] = steps(`${bytes}`, disk, owner);
  return spawn(program, [...args, ...command], options);
}

/** Whether this machine lets the tests mount one. */
export function canMount(): boolean {
  const disk = mkdtempSync(join(tmpdir(), 'cordon-mount-'));
  const [program, ...args] = steps('1m', disk, {});
  const { status } = spawnSync(program, [...args, 'true'], { stdio: 'ignore' });
  rmdirSync(disk);
  return status === 0;
}

function steps(size: string, disk: string, { uid, gid }: SmallDisk['owner']): readonly [string, ...string[]] {
  const mount = 'mount -t tmpfs -o "size=$1,mode=0700$2" tmpfs "$3" && shift 3 && exec "$@"';
  const inside = (owned: string): string[] => ['sh', '-c', mount, 'sh', size, owned, disk];
  if (process.getuid?.() === 0) {
    const user = [String(uid ?? 0), String(gid ?? 0)] as const;
    const become = ['setpriv', '--reuid', user[0], '--regid', user[1], '--clear-groups'];
    return ['unshare', '--mount', ...inside(`,uid=${user[0]},gid=${user[1]}`), ...become];
  }
  const self = ['unshare', '--user', `--map-user=${process.getuid?.()}`, `--map-group=${process.getgid?.()}`];
  return ['unshare', '--user', '--map-root-user', '--mount', ...inside(''), ...self];
}
