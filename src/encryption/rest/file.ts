import { type Clock, systemClock } from '../../core/clock.ts';
import type { Verifier } from '../../core/evidence.ts';
import { filePathOf } from '../../core/rest-target.ts';
import { evidenceOf, unknown } from './evidence-row.ts';

import { type Machine, thisMachine } from './machine.ts';
import { checkSample } from './sample.ts';
import { checkSwap, checkVolume } from './volume.ts';

/** Verifies `file:/path`: checks `volume` (the disks below it), `swap` of this machine, and `sample` (bytes of files that are there). */
export function fileVerifier({
  machine = thisMachine,
  clock = systemClock,
}: {
  machine?: Machine;
  clock?: Clock;
} = {}): Verifier<string> {
  return {
    name: 'file',
    async check(target, signal) {
      const path = filePathOf(target);
      if (path === null) return evidenceOf(target, [unknown('volume', 'not a target of the form file:/path')], clock());
      const volume = checkVolume(machine, path);
      const sample = await checkSample(path, volume.outcome, signal);
      return evidenceOf(target, [volume, checkSwap(machine), sample], clock());
    },
  };
}
