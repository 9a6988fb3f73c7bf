// @ts-check
// The certificates of a cluster's own links: `node scripts/make-certificates.mjs FOLDER [NAME,NAME…]…`, again before they end. For each server
// (`postgres` and `redis` without one) FIRSTNAME.pem and FIRSTNAME.key, and ca.pem, which all of them are trusted by. Dependency-free.
import { renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAuthority } from './certificates.mjs';

const [folder, ...given] = process.argv.slice(2);
const servers = given.length === 0 ? ['postgres', 'redis'] : given;
const NAMES = /^[a-z\d][a-z\d.-]*(,[a-z\d][a-z\d.-]*)*$/i;

/** @param {string} why @returns {never} */
function fail(why) {
  process.stderr.write(`make-certificates: ${why}\n`);
  process.exit(1);
}

if (folder === undefined) fail('which folder? node scripts/make-certificates.mjs FOLDER [NAME,NAME…]…');
const wrong = servers.find((names) => !NAMES.test(names));
if (wrong !== undefined) fail(`${wrong} is no list of host names, such as postgres,db.hospital.example`);
const stat = statSync(folder, { throwIfNoEntry: false });
if (stat === undefined) fail(`${folder} is not there: mkdir -m 700 ${folder}`);
if ((stat.mode & 0o077) !== 0) fail(`${folder} lets others in, and keys come there: chmod 700 ${folder}`);

const authority = makeAuthority('Cordon cluster');
/** @type {Record<string, string>} */
const files = { 'ca.pem': authority.cert };
for (const names of servers.map((list) => list.split(','))) {
  const { key, cert } = authority.issue(names);
  files[`${names[0]}.pem`] = cert;
  files[`${names[0]}.key`] = key;
}
// The users of the containers have to read them, who are nobody here; the folder lets nobody else in.
for (const [name, text] of Object.entries(files)) {
  const next = join(folder, `.${name}.new`);
  writeFileSync(next, text, { mode: 0o444 });
  renameSync(next, join(folder, name));
}
process.stdout.write(`${folder}: ${Object.keys(files).join(', ')}\n`);
