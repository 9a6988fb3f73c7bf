import { ownLeaves, type Parsed } from '../core/format.ts';
import { SENSITIVITIES, type Sensitivity } from '../core/vocabulary.ts';

/** Names of units and programmes, upper case, and what their records are. */
export type Units = ReadonlyMap<string, ReadonlySet<Sensitivity>>;

/** Where a message says which unit or programme it is from: sender, location, service, ordering facility; institution and department; provider organization. */
const SAID: ReadonlySet<string> = new Set([
  ...['MSH-3', 'MSH-4', 'MSH-22', 'PV1-3', 'PV1-39', 'ORC-21'].flatMap((field) => [field, `${field}.1`]),
  ...['MSH-4.2', 'PV1-3.4', 'PV1-3.4.1', 'PV1-10', 'PV1-10.1', 'PV1-10.2'],
  ...['(0008,0080)', '(0008,1040)'],
  ...[
    'Encounter.serviceProvider.display',
    'Encounter.serviceType.text',
    'Organization.name',
    'Patient.managingOrganization.display',
  ],
  'ClinicalDocument.custodian.assignedCustodian.representedCustodianOrganization.name',
]);

/** The policy's `units` turned round: by name. */
export function compileUnits(units: Partial<Readonly<Record<Sensitivity, readonly string[]>>>): Units {
  const byName = new Map<string, Set<Sensitivity>>();
  for (const label of SENSITIVITIES) {
    for (const name of units[label] ?? []) {
      const key = name.trim().toUpperCase();
      byName.set(key, (byName.get(key) ?? new Set()).add(label));
    }
  }
  return byName;
}

/**
 * What makes a message sensitive: what was found in it, and that it is from a unit which the policy names. 42 CFR Part 2 covers what a programme
 * writes whatever it writes of, and only the policy knows which senders are programmes. In the order of the vocabulary.
 */
export function labelsOf(units: Units, parsed: Parsed, found: readonly Sensitivity[]): readonly Sensitivity[] {
  if (units.size === 0) return found;
  const { leaves } = parsed;
  const labels = new Set(found);
  const count = ownLeaves(leaves);
  for (let leaf = 0; leaf < count; leaf++) {
    if (!SAID.has(leaves.addressOf(leaf).path)) continue;
    for (const label of units.get(leaves.text(leaf).trim().toUpperCase()) ?? []) labels.add(label);
  }
  return SENSITIVITIES.filter((label) => labels.has(label));
}

/**
 * Labels that a permit has to name. That the patient is a minor says who it is and nothing of the care: half of all flows of a hospital carry children,
 * so only a `deny` looks at it (docs/adr/0055).
 */
export function told(labels: readonly Sensitivity[]): readonly Sensitivity[] {
  return labels.filter((label) => label !== 'minor');
}
