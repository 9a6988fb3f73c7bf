import { components, escapeText, type Segment, segment } from '../compose.ts';
import type { Draft, Header, Maker } from '../draft.ts';
import { observation, observationRequest } from '../segments.ts';
import { eui64 } from './devices.ts';

function upkeepHeader(): Header {
  return {
    application: 'DEVGW',
    facility: 'NORTHLAKE',
    receivingApplication: 'UPTIME',
    receivingFacility: 'VENDOR-C',
    type: 'ORU^R01^ORU_R01',
    processing: 'P',
    version: '2.5.1',
  };
}

function upkeep(maker: Maker, request: Segment): Segment[] {
  const { random, index } = maker;
  const unit = (index % 40) + 1;
  const equipment = components(`PUMP${String(unit).padStart(3, '0')}`, '', eui64('0003B1FFFE', 0x20 + unit), 'EUI-64');
  return [
    segment('PID', {}),
    request,
    observation({
      number: 1,
      type: 'NM',
      what: components('RUNHOURS', 'Hours in use', 'L'),
      value: String(random.int(40, 9000)),
      unit: 'h',
      equipment,
    }),
    observation({
      number: 2,
      type: 'ST',
      what: components('FW', 'Firmware', 'L'),
      value: `4.${random.int(0, 12)}.${random.int(0, 9)}`,
      equipment,
    }),
    observation({
      number: 3,
      type: 'TX',
      what: components('SVC', 'Service note', 'L'),
      value: escapeText(random.pick(UPKEEP_NOTES)),
      equipment,
    }),
  ];
}

const UPKEEP_NOTES = [
  'Battery at 81 % of its capacity; door latch replaced.',
  'Bolus test passed; occlusion pressure within limits.',
  'Bell replaced after alarm E-4471; self-test 0x3F passed.',
  'Part 9402-1187-22 fitted; torque 1.2 Nm.',
];

function year(at: number): string {
  return String(new Date(at).getUTCFullYear());
}

/** How long devices ran, for the maker: de-identified under the safe harbor, so no order number, and of dates only the year. */
export function upkeepToVendor(maker: Maker): Draft {
  const request = observationRequest({
    number: 1,
    placer: '',
    filler: '',
    service: components('USE', 'Device use', 'L'),
    observed: year(maker.at),
  });
  return { header: upkeepHeader(), segments: upkeep(maker, request), charset: 'utf8', expected: 'clean' };
}

/** The de-identifier blanked PID and left the birth date that a gateway had put into the request. */
export function birthDateInUpkeep(field: 'observed' | 'relevant'): (maker: Maker) => Draft {
  return (maker) => {
    const { birthDate } = maker.random.pick(maker.people.patients);
    const written = `${birthDate.slice(0, 4)}-${birthDate.slice(4, 6)}-${birthDate.slice(6)}`;
    const request = observationRequest({
      number: 1,
      placer: '',
      filler: '',
      service: components('USE', 'Device use', 'L'),
      observed: field === 'observed' ? birthDate : year(maker.at),
      ...(field === 'relevant' ? { relevant: `DOB ${written}` } : {}),
    });
    return {
      header: upkeepHeader(),
      segments: upkeep(maker, request),
      charset: 'utf8',
      expected: 'flagged',
      planted: {
        kind: 'birth-date-in-obr',
        values: [field === 'observed' ? birthDate : written],
        reason: 'dataset.safe-harbor',
        category: 'date',
        place: { segment: request, field: field === 'observed' ? '7' : '13' },
      },
    };
  };
}
