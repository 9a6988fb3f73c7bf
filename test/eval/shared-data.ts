import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Detector } from './found.ts';

/** Public files that lie beside the clone on some machines. They have no labels, so what is found is counted and not scored. */
const FOLDERS = ['../shared/data/hl7', '../shared/data/dicom'];

/** A line for each folder that is there: files, files with a finding of a person, findings by category. */
export async function countShared(detector: Detector): Promise<string[]> {
  const lines: string[] = [];
  for (const folder of FOLDERS) {
    if (!existsSync(folder)) continue;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((file) => statSync(file).isFile());
    const counts = new Map<string, number>();
    let found = 0;
    for (const file of files) {
      const findings = await detector.find(readFileSync(file));
      if (findings.length > 0) found++;
      for (const { category } of findings) counts.set(category ?? '', (counts.get(category ?? '') ?? 0) + 1);
    }
    const sorted = [...counts].sort(([, one], [, other]) => other - one).map(([category, count]) => `${category} ${count}`);
    lines.push(`${folder}: ${files.length} files, ${found} with findings: ${sorted.join(', ')}`);
  }
  return lines;
}
