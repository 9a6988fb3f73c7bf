import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Clients that are not ours and that the tests speak to Cordon with, by the Debian package they come in. */
const PACKAGES = {
  openssl: 'openssl',
  curl: 'curl',
  mllp_send: 'python3-hl7',
  echoscu: 'dcmtk',
  storescu: 'dcmtk',
  storescp: 'dcmtk',
  'redis-server': 'redis-server',
  initdb: 'postgresql',
  postgres: 'postgresql',
  sslscan: 'sslscan',
  stunnel4: 'stunnel4',
  xmllint: 'libxml2-utils',
  pdftotext: 'poppler-utils',
  rsyslogd: 'rsyslog rsyslog-gnutls',
  chromium: 'chromium',
} as const;
export type Tool = keyof typeof PACKAGES;
export const TOOLS = Object.keys(PACKAGES).filter(isTool);

/** Where tools rest that were fetched for this clone alone. */
const PRIVATE = resolve(import.meta.dirname, '../../.cache/tools');

/** Debian and the PostgreSQL group keep the server's programs off the PATH, in a folder per version. */
const SERVERS = 'usr/lib/postgresql';

/** Where the system may have the tools: the PATH, the daemons' folder, then the newest PostgreSQL. */
export function searchPath(): string {
  return [process.env.PATH ?? '', '/usr/sbin', ...serverFolders('/')].join(delimiter);
}

function serverFolders(root: string): readonly string[] {
  const servers = join(root, SERVERS);
  if (!existsSync(servers)) return [];
  return readdirSync(servers)
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(servers, version, 'bin'));
}

function isTool(name: string): name is Tool {
  return name in PACKAGES;
}

/** Absolute path of a program that runs the tool: the system's, else this clone's own. Throws an error that names the package. */
export function toolPath(tool: Tool): string {
  const path = findTool(tool, searchPath(), PRIVATE);
  if (path === null) throw new Error(missing(tool, 'the test run has not provisioned it'));
  return path;
}

/** Looks for the tool on a search path, then in a folder that `provisionTool` filled. */
export function findTool(tool: Tool, path: string, folder: string): string | null {
  const folders = [...path.split(delimiter).filter((part) => part !== ''), join(folder, 'bin')];
  return folders.map((part) => join(part, tool)).find(isProgram) ?? null;
}

/**
 * Makes sure of a tool without root and without touching the system: where it is not on the search path, its Debian package (and
 * what that needs and the system lacks) is downloaded into `folder` by apt with state of its own, unpacked there, and started
 * through a wrapper. Returns its path; throws an error that names the package where that can't be done.
 */
export function provisionTool(tool: Tool, path: string, folder: string = PRIVATE): string {
  const found = findTool(tool, path, folder);
  if (found !== null) return found;
  const root = join(folder, PACKAGES[tool]);
  if (programOf(tool, join(root, 'unpacked')) === null) unpack(tool, root);
  return writeWrapper(tool, join(root, 'unpacked'), join(folder, 'bin'));
}

/** The tool's own file among what was unpacked. */
function programOf(tool: Tool, unpacked: string): string | null {
  // Chromium's is not the script of its name, which looks for it where the package would have put it.
  const folders = [
    join(unpacked, 'usr/lib/chromium'),
    join(unpacked, 'usr/bin'),
    join(unpacked, 'usr/sbin'),
    ...serverFolders(unpacked),
  ];
  return folders.map((part) => join(part, tool)).find(isProgram) ?? null;
}

/** One package may hold several tools: it is fetched once. */
function unpack(tool: Tool, root: string): void {
  rmSync(root, { recursive: true, force: true });
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'unpacked'])
    mkdirSync(join(root, part), { recursive: true });
  apt(tool, root, ['update']);
  apt(tool, root, [
    'install',
    '--yes',
    '--download-only',
    '--no-install-recommends',
    '--reinstall',
    ...PACKAGES[tool].split(' '),
  ]);
  const archives = join(root, 'cache/archives');
  for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
    command(tool, 'dpkg-deb', ['-x', join(archives, file), join(root, 'unpacked')]);
  }
  rmSync(join(root, 'state'), { recursive: true });
  rmSync(join(root, 'cache'), { recursive: true });
}

function apt(tool: Tool, root: string, args: readonly string[]): void {
  const state = ['Dir::State', `${root}/state`, 'Dir::Cache', `${root}/cache`, 'Dir::State::status', '/var/lib/dpkg/status'];
  const options = [...state, 'Debug::NoLocking', '1', 'APT::Sandbox::User', '', 'Dir::Log', `${root}/state`];
  const flags = options.flatMap((name, index) => (index % 2 === 0 ? ['-o', `${name}=${options[index + 1] ?? ''}`] : []));
  command(tool, 'apt-get', ['--quiet=2', ...flags, ...args]);
}

function command(tool: Tool, program: string, args: readonly string[]): void {
  const result = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.error !== undefined) throw new Error(missing(tool, `${program} does not start (${result.error.message})`));
  if (result.status !== 0) throw new Error(missing(tool, `${program} ${args.at(-1) ?? ''} failed:\n${result.stderr.trim()}`));
}

/** The unpacked files lie under a root of their own: libraries and Python modules are pointed at, the program itself is not changed. */
function writeWrapper(tool: Tool, unpacked: string, bin: string): string {
  const libraries = [join(unpacked, 'usr/lib'), join(unpacked, 'lib')].filter(existsSync).flatMap((folder) => [
    folder,
    ...readdirSync(folder)
      .filter((name) => name.endsWith('-linux-gnu'))
      .map((name) => join(folder, name)),
  ]);
  const program = programOf(tool, unpacked);
  if (program === null) throw new Error(missing(tool, `its package holds no ${tool}`));
  const python = join(unpacked, 'usr/bin/python3');
  const start =
    tool === 'mllp_send' ? `${existsSync(python) ? quote(python) : '/usr/bin/python3'} ${quote(program)}` : quote(program);
  const dictionary = readdirSync(join(unpacked, 'usr/share'), { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('/dicom.dic'),
  );
  const modules = libraries.map((path) => join(path, 'rsyslog')).find((path) => existsSync(join(path, 'imtcp.so')));
  const lines = [
    '#!/bin/sh',
    // DCMTK looks for its dictionary where the package would have put it, and the system may have it there.
    ...(dictionary === undefined ? [] : [`export DCMDICTPATH=${quote(join(unpacked, 'usr/share', dictionary))}`]),
    ...(modules === undefined ? [] : [`export RSYSLOG_MODDIR=${quote(modules)}`]),
    `LD_LIBRARY_PATH=${quote(libraries.join(':'))}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}`,
    `PYTHONPATH=${quote(join(unpacked, 'usr/lib/python3/dist-packages'))}`,
    'export LD_LIBRARY_PATH PYTHONPATH',
    `exec ${start} "$@"`,
    '',
  ];
  mkdirSync(bin, { recursive: true });
  const path = join(bin, tool);
  // Written under another name first: a wrapper that is there is whole.
  writeFileSync(`${path}.${process.pid}`, lines.join('\n'));
  chmodSync(`${path}.${process.pid}`, 0o755);
  renameSync(`${path}.${process.pid}`, path);
  return path;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run: look further.
    return false;
  }
}

function missing(tool: Tool, why: string): string {
  return `the tests need ${tool}, which is not on the PATH and could not be fetched: ${why}\nInstall the package ${PACKAGES[tool]} (apt-get install ${PACKAGES[tool]}) and try again.`;
}
