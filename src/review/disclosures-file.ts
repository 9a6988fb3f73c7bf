import { isoTime } from '../core/clock.ts';
import type { CsvCell, CsvShape } from './csv.ts';
import type { TransferAccounting } from './disclosures-page.ts';
import { day } from './words.ts';

const COLUMNS = [
  'day',
  'flow',
  'source',
  'destination',
  'patient',
  'messages',
  'flagged',
  'carried',
  'stands_as',
  'exemption',
  'purpose',
  'decided_by',
  'decided_at',
] as const;

/** The transfers of a month as a file. Patients are tokens; an exemption that nobody decided is one that the policy suggests. */
export function transfersShape(month: string): CsvShape<TransferAccounting> {
  return { name: `cordon-transfers-${month}`, columns: COLUMNS, cells };
}

function cells({ transfer, flow, accounting: { status, suggested, decision } }: TransferAccounting): CsvCell[] {
  const ends = [flow?.source ?? null, flow?.destination ?? null];
  const carried = [transfer.messages, transfer.flagged, transfer.categories.join(' ')];
  const exemption = decision === null ? suggested : decision.exemption;
  const said = [decision?.purpose ?? null, decision?.actor ?? null, decision === null ? null : isoTime(decision.at)];
  return [day(transfer.day), transfer.flow, ...ends, transfer.patient, ...carried, status, exemption, ...said];
}
