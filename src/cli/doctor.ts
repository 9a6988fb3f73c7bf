import { styleText } from 'node:util';
import { Command } from 'commander';
import type { LoadedConfig } from '../config-read.ts';
import { loadPacks } from '../detect/load.ts';
import { loadFlows } from '../policy/load.ts';
import { compileRegister } from '../policy/register.ts';
import { readRuleFiles } from '../rule-files.ts';
import { readOverlayFiles } from '../site-rules.ts';
import { loadOverlays } from '../tuning/load.ts';
import {
  checkCertificates,
  checkClock,
  checkDataFolder,
  checkDisk,
  checkExposure,
  checkKeyring,
  checkLedger,
  checkLoading,
  checkNode,
  checkPorts,
  type Diagnosis,
} from './doctor-checks.ts';
import { checkRedis } from './doctor-redis.ts';
import { configOf } from './load-config.ts';

const COLOUR = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

/** `doctor`: one line a check, with what to do; exit code 1 where one failed. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Checks that the agent can run here.')
    .action(async (_options: unknown, self: Command) => {
      const diagnoses = await examine(configOf(self), Date.now());
      for (const { level, name, text, remedy } of diagnoses) {
        // No colour where it is not a terminal or NO_COLOR is set: styleText asks the stream.
        const mark = styleText(COLOUR[level], level.padEnd(4), { stream: process.stdout });
        console.log(`${mark}  ${name}: ${text.replaceAll('\n', '\n      ')}${remedy === undefined ? '' : `\n      ${remedy}`}`);
      }
      if (diagnoses.some((diagnosis) => diagnosis.level === 'fail')) process.exitCode = 1;
    });
}

/** All checks, in the order that they are printed. Reads only. */
export async function examine({ config, file }: LoadedConfig, now: number): Promise<readonly Diagnosis[]> {
  const flows = () => compileRegister(loadFlows(readRuleFiles(config.flows, 'flow policies')));
  const packs = () => loadPacks(readRuleFiles(config.packs, 'rule packs'));
  return [
    checkNode(process.version),
    { level: 'ok', name: 'configuration', text: file ?? 'defaults and environment' },
    checkDataFolder(config.data),
    await checkKeyring(config),
    await checkLedger(config),
    ...(await checkRedis(config)),
    checkDisk(config),
    checkClock(config, now),
    ...(await checkPorts(config)),
    checkExposure(config),
    ...checkCertificates(config, now),
    checkLoading('flow policies', () => {
      return `${flows().policies.length} in ${config.flows}`;
    }),
    checkLoading('rule packs', () => `${packs().length} in ${config.packs}`),
    checkLoading('overlays', () => {
      const files = readOverlayFiles(config.overlays);
      if (files.length === 0) return `none in ${config.overlays}`;
      const { overlays, warnings } = loadOverlays(files, { packs: packs(), flows: new Set(flows().flows.keys()), now });
      return [`${overlays.length} in ${config.overlays}`, ...warnings].join('\n');
    }),
  ];
}
