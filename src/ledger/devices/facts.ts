import { crowdCause, deviceCause, knownName } from '../../lineage/devices/incident.ts';
import type { ObservedFlow } from '../../policy/decision.ts';
import { flowName } from '../flows.ts';
import { factWrites } from '../incidents/facts.ts';
import type { ScanRow } from '../ledger.ts';
import { storable } from '../many.ts';
import type { Builder, Executor } from '../statement.ts';
import { deviceWrites } from './writes.ts';

type Scanned = Pick<ScanRow, 'devices' | 'type' | 'scannedAt'> & {
  readonly receivedAt: number;
  readonly decision: { readonly flow: ObservedFlow };
};

/** What scans say of devices, and an incident for each contradiction that was not known and each flow that names too many. */
export function deviceFactWrites(db: Builder) {
  const { addDevices } = deviceWrites(db);
  const { addFacts } = factWrites(db);
  return {
    async addDeviceFacts(x: Executor, scans: readonly Scanned[]): Promise<void> {
      const facts = scans.flatMap(({ devices = [], receivedAt, type, decision }) =>
        devices.length === 0 ? [] : [{ devices, receivedAt, type, flow: flowName(decision.flow) }],
      );
      if (facts.length === 0) return;
      const now = Math.max(...scans.map(({ scannedAt }) => scannedAt));
      const { conflicts, crowded } = await addDevices(x, facts);
      const sources = new Map(scans.map(({ decision: { flow } }) => [storable(flowName(flow)), flow.source]));
      await addFacts(x, [
        ...conflicts.map((conflict) => ({
          cause: deviceCause(conflict),
          at: conflict.at,
          now,
          source: knownName(conflict.knownBy),
          destination: '',
          message: null,
        })),
        ...crowded.map(({ flow, at }) => ({
          cause: crowdCause(flow),
          at,
          now,
          source: sources.get(flow) ?? flow,
          destination: '',
          message: null,
        })),
      ]);
    },
  };
}
