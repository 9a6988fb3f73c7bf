import type { About } from './data.ts';

/** What an auditor reads first. */
export function readmeText({ from, to, made, by, origin }: About, key: string): string {
  const iso = (at: number): string => new Date(at).toISOString();
  return `Evidence of Cordon

Period    ${iso(from)} until before ${iso(to)}
Made      ${iso(made)} by ${by}
Audit log ${origin}

Read      report.pdf. Every number in it is made of the files in data/.
Check     node check-evidence.mjs PACK.zip --key KEY
          Node 20 or later is all that is needed, no network and no Cordon. KEY is what the
          installation gave you beforehand (cordon keys audit prints it). In this pack it is
          ${key}
          A pack that somebody else made as a whole carries the key of somebody else: compare.
          If you do not trust the script in this pack, take it from a release of Cordon.

It says with exit code 0 that nothing was touched, with 1 what was, and with 2 that it could
not be run. What it checks: the zip byte by byte, the digest of each file, that the digest of
the list of files is an entry of the audit log, that each entry in audit/entries.ndjson is in
the log in this order with none left out, that earlier checkpoints are beginnings of the last
one, that they were signed, and that the numbers of the report come of the data.

data/messages.ndjson       messages by day, flow and what became of them
data/flows.ndjson          flows that were heard of
data/incidents.ndjson      incidents that were seen or handled, as they were when this was made
data/incident-acts.ndjson  what happened to them, when and by whom
data/encryption.ndjson     what was known of hops and places, and from when until when
data/reviews.ndjson        what reviewers signed
data/numbers.json          the numbers and gaps of the report
audit/entries.ndjson       what people and keys did, with the leaf of each in the log
audit/*.json               seal of the list of files, signed checkpoints (C2SP), proofs (RFC 6962)

No file holds an identifier of a patient: masks have no letter or digit of a value.
`;
}
