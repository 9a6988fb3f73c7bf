import { pathToFileURL } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { Severity } from '../core/vocabulary.ts';
import type { Pack } from '../detect/pack.ts';
import type { ScanFinding, ScanLine } from './scan-files.ts';

export type ScanFormat = 'table' | 'ndjson' | 'sarif';

/** Writes lines as they come and what is left at the end. */
export interface ScanOutput {
  line(line: ScanLine): void;
  end(): void;
}

type Write = (text: string) => void;

export function createScanOutput(format: ScanFormat, packs: readonly Pack[], write: Write): ScanOutput {
  if (format === 'ndjson') return { line: (line) => write(`${JSON.stringify(line)}\n`), end() {} };
  return format === 'sarif' ? sarif(packs, write) : table(write);
}

/** For people: a line a message, under it what was found in it. */
function table(write: Write): ScanOutput {
  let messages = 0;
  let flagged = 0;
  return {
    line(line) {
      messages++;
      if (line.verdict === 'flagged') flagged++;
      write(
        `${line.file}#${line.index}  ${line.format} ${line.type}  ${line.verdict}  ${line.examined}/${line.bytes} bytes examined\n`,
      );
      for (const problem of line.problems) write(`  problem  ${problem.code}: ${problem.detail}\n`);
      if (line.sensitivities.length > 0) write(`  sensitive  ${line.sensitivities.join(', ')}\n`);
      for (const found of line.findings) write(`${findingRow(found)}\n`);
    },
    end() {
      write(`${messages} message${messages === 1 ? '' : 's'}, ${flagged} flagged\n`);
    },
  };
}

function findingRow({ severity, category, subject, path, mask, rule, suppressed }: ScanFinding): string {
  const why = suppressed === undefined ? rule : `${rule}, suppressed by ${suppressed}`;
  return `  ${severity.padEnd(8)}  ${category.padEnd(11)}  ${subject.padEnd(9)}  ${path.padEnd(14)}  ${mask}  (${why})`;
}

const LEVELS: Record<Severity, 'note' | 'warning' | 'error'> = {
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
};

/** SARIF 2.1.0: one run, a result a finding, its region in bytes. Written at the end, since it is one document. */
function sarif(packs: readonly Pack[], write: Write): ScanOutput {
  const results: unknown[] = [];
  return {
    line({ file, findings }) {
      for (const { rule, severity, category, subject, path, start, end, mask, token, suppressed } of findings) {
        results.push({
          ruleId: rule,
          level: LEVELS[severity],
          message: { text: `${category} of ${subject} at ${path}: ${mask}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file === '-' ? 'stdin' : pathToFileURL(file).href },
                ...(start === null || end === null ? {} : { region: { byteOffset: start, byteLength: end - start } }),
              },
              logicalLocations: [{ fullyQualifiedName: path }],
            },
          ],
          partialFingerprints: { 'cordonToken/v1': token },
          // SARIF 2.1.0 section 3.35: kept outside of what was scanned.
          ...(suppressed === undefined
            ? {}
            : { suppressions: [{ kind: 'external', status: 'accepted', justification: suppressed }] }),
        });
      }
    },
    end() {
      const rules = packs.flatMap((pack) => pack.rules.map(({ id, title }) => ({ id, shortDescription: { text: title } })));
      const driver = { name: 'Cordon', version: packageJson.version, rules };
      const document = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
      };
      write(`${JSON.stringify(document)}\n`);
    },
  };
}
