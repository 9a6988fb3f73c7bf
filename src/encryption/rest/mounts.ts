/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  /** `254:0`; major 0 where the file system has no block device of its own. */
  readonly device: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
}

export function parseMounts(mountinfo: string): Mount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [before = '', after] = line.split(' - ', 2);
    if (after === undefined) return [];
    const [, , device, , point] = before.split(' ');
    const [type, source] = after.split(' ');
    if (device === undefined || point === undefined || type === undefined || source === undefined) return [];
    return [{ device, point: unescapePath(point), type, source: unescapePath(source) }];
  });
}

/** The mount that an absolute path without links lies on: the deepest, and of those on one place the last, which hides the others. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | null {
  let found: Mount | null = null;
  for (const mount of mounts) {
    if (isWithin(path, mount.point) && (found === null || mount.point.length >= found.point.length)) found = mount;
  }
  return found;
}

export interface Swap {
  readonly path: string;
  readonly kind: string;
}

/** /proc/swaps (proc_swaps(5)), without its heading. */
export function parseSwaps(text: string): Swap[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [path = '', kind] = line.trim().split(/\s+/);
      return kind === undefined ? [] : [{ path: unescapePath(path), kind }];
    });
}

function isWithin(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

/** The kernel writes blanks, tabs, line ends and backslashes as three octal digits. */
function unescapePath(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
