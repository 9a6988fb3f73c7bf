import { Command, InvalidArgumentError, Option } from 'commander';
import { isoTime, systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { ledgerPlace } from '../data-folder.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openLedger } from '../ledger/open.ts';
import { DEVICE_KINDS, type DeviceKind } from '../lineage/devices/device.ts';
import type { DeviceView } from '../lineage/devices/view.ts';
import { loadVendors } from '../mac-vendor.ts';
import { loadLocations } from '../policy/location.ts';
import { changes } from '../review/acts.ts';
import { type InventoryDeps, listDevices } from '../review/inventory.ts';
import { deviceBody } from '../review/inventory-schemas.ts';
import { readRuleFiles } from '../rule-files.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';

const PAGE = 200;

interface Options {
  readonly format: 'table' | 'ndjson';
  readonly kind?: DeviceKind;
  readonly search?: string;
  readonly flow?: string;
}

/** `cordon devices`: the inventory that messages and connections build; `merge` and `split`: what is held to be one device. */
export function devicesCommand(): Command {
  const command = new Command('devices')
    .description('lists the devices that messages and connections showed, the latest seen first')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['table', 'ndjson']).default('table'))
    .addOption(new Option('--kind <kind>', 'what measures, a program under its own name, or what connects').choices(DEVICE_KINDS))
    .option('--search <text>', 'what a value begins with: a serial, an AE title, a ward', someText)
    .option('--flow <id>', 'those whose data went over a flow')
    .action((options: Options, self: Command) => withInventory(self, (_ledger, deps) => write(deps, options)));
  command
    .command('merge')
    .description('hold one device to be part of another; split undoes it')
    .argument('<part>', 'id of the one')
    .argument('<into>', 'id of the other')
    .action((part: string, into: string, _options: unknown, self: Command) =>
      withInventory(self, async (ledger) => {
        await changing(ledger)('device.merge', `device:${part}`, { into }).devices.merge(part, into);
        console.log(`${part} is part of ${into}: cordon devices split ${part} undoes it`);
      }),
    );
  command
    .command('split')
    .description('take a part out of its device; no message joins it again')
    .argument('<part>', 'id of the part')
    .action((part: string, _options: unknown, self: Command) =>
      withInventory(self, async (ledger) => {
        const { devices } = changing(ledger)('device.split', `device:${part}`);
        if (!(await devices.split(part))) throw new CordonError('usage', `${part} is part of no other device`);
        console.log(`${part} stands alone: cordon devices merge ${part} ID undoes it`);
      }),
    );
  return command;
}

function someText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('say what a value begins with');
  return text;
}

function changing({ logged }: Ledger) {
  return changes({ logged, clock: systemClock }, operator());
}

async function withInventory(self: Command, run: (ledger: Ledger, deps: InventoryDeps) => Promise<void>): Promise<void> {
  const { config } = configOf(self);
  const described = loadLocations(readRuleFiles(config.locations, 'locations'));
  const ledger = await openLedger({ ...ledgerPlace(config), migrate: false });
  try {
    await run(ledger, { ...ledger, described, policies: () => [], vendors: loadVendors, clock: systemClock });
  } finally {
    await ledger.close();
  }
}

async function write(deps: InventoryDeps, { format, ...filter }: Options): Promise<void> {
  let cursor: string | undefined;
  const row = format === 'ndjson' ? jsonOf : tableRow;
  if (format === 'table') console.log(line(HEAD));
  do {
    const page = await listDevices(deps, { ...filter, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    for (const view of page.rows) console.log(row(view));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

function jsonOf(view: DeviceView): string {
  return JSON.stringify(deviceBody(view));
}

const HEAD = ['ID', 'KIND', 'DEVICE', 'SURE', 'VENDOR', 'PLACE', 'FLOWS', 'LAST SEEN'];
/** Columns of a list that has no end in sight: a page is written before the next is read. */
const WIDTHS = [16, 11, 28, 4, 24, 24, 28, 0];

function tableRow({ device, label, confidence, vendor, place }: DeviceView): string {
  const where = place.bed ?? place.site ?? place.department ?? place.facility ?? '';
  const flows = [...new Set(device.flows.map(({ flow }) => flow))].join(' ');
  const sure = `${Math.floor(confidence * 100)}%${device.conflicts.length > 0 ? '!' : ''}`;
  return line([device.id, device.kind, label, sure, vendor ?? '', where, flows, isoTime(device.lastSeen).slice(0, 16)]);
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, column) => cut(cell, WIDTHS[column] ?? 0))
    .join('  ')
    .trimEnd();
}

function cut(cell: string, width: number): string {
  return width === 0 || cell.length <= width ? cell.padEnd(width) : `${cell.slice(0, width - 1)}…`;
}
