import { digits } from '../numbers.ts';
import * as part from './segments.ts';
import { components, type Segment, segment } from './structure.ts';
import { staffName, type Writer } from './writer.ts';

/** Types of message that the corpus has, after MSH-9.1. */
export const TYPES = ['ADT', 'ORU', 'ORM', 'SIU', 'MDM', 'DFT', 'VXU'] as const;
export type MessageType = (typeof TYPES)[number];

const TESTS = [
  ['2345-7', 'Glucose', 'mg/dL', 60, 300],
  ['2823-3', 'Potassium', 'mmol/L', 2, 7],
  ['718-7', 'Hemoglobin', 'g/dL', 6, 18],
  ['2160-0', 'Creatinine', 'mg/dL', 0, 9],
  ['8867-4', 'Heart rate', '/min', 40, 160],
  ['777-3', 'Platelets', '10*3/uL', 20, 900],
] as const;

/** Results with numbers and codes. */
export function results(writer: Writer, count: number): Segment[] {
  return Array.from({ length: count }, (_, index) => {
    const [code, name, unit, low, high] = writer.random.pick(TESTS);
    const value = (low + writer.random.next() * (high - low)).toFixed(1);
    return part.observation(writer, index + 1, 'NM', components(code, name, 'LN'), value, unit);
  });
}

const VACCINES = [
  ['207', 'COVID-19, mRNA'],
  ['141', 'Influenza, seasonal'],
  ['03', 'MMR'],
] as const;

/** A message of a type; `texts` are what people wrote, marked, for the places where such a message has text. */
export function messageOf(type: MessageType, writer: Writer, texts: readonly string[]): Segment[] {
  const { random, scene } = writer;
  const notes = texts.map((text, index) => part.note(index + 1, text));
  const control = `${digits(random, 9)}`;
  const head = (event: string): Segment => part.header(writer, type, event, control);
  switch (type) {
    case 'ADT': {
      const event = random.pick(['A01', 'A03', 'A04', 'A08', 'A28']);
      const diagnosis = segment('DG1', {
        1: '1',
        3: components('I10', 'Essential hypertension', 'I10'),
        5: writer.mark('date', 'patient', writer.time(scene.admitted)),
      });
      return [
        head(event),
        part.event(writer, event),
        part.pid(writer),
        part.nextOfKin(writer),
        part.visit(writer),
        diagnosis,
        part.guarantor(writer),
        part.insurance(writer),
        ...notes,
      ];
    }
    case 'ORU': {
      const [first = '', ...rest] = notes;
      return [
        head('R01'),
        part.pid(writer),
        part.visit(writer),
        part.order(writer),
        part.request(writer, components('24323-8', 'CMP', 'LN')),
        ...results(writer, random.int(2, 8)),
        ...(first === '' ? [] : [first, ...rest]),
      ];
    }
    case 'ORM':
      return [
        head('O01'),
        part.pid(writer),
        part.visit(writer),
        part.order(writer, 'NW'),
        part.request(writer, components('71020', 'CHEST 2 VIEWS', 'C4'), texts[0] ?? ''),
        ...notes.slice(1),
      ];
    case 'SIU': {
      const timing = components('', '', '', writer.mark('date', 'patient', writer.time(scene.discharged)));
      const schedule = segment('SCH', {
        1: writer.maybe('unique-id', 'patient', digits(random, 7)),
        7: components('FOLLOWUP', 'Follow up'),
        11: timing,
      });
      const person = segment('AIP', {
        1: '1',
        3: staffName(writer, scene.doctor),
        6: writer.mark('date', 'patient', writer.time(scene.discharged)),
      });
      return [head('S12'), schedule, ...notes, part.pid(writer), part.visit(writer), segment('RGS', { 1: '1' }), person];
    }
    case 'MDM': {
      const transcription = segment('TXA', {
        1: '1',
        2: 'DS',
        3: 'TX',
        4: writer.mark('date', 'patient', writer.time(scene.seen)),
        9: staffName(writer, scene.doctor),
        12: writer.maybe('unique-id', 'patient', digits(random, 9)),
        17: 'AU',
      });
      const lines = texts.flatMap((text) => text.split('\n'));
      const body = lines
        .filter((line) => line !== '')
        .map((line, index) => part.observation(writer, index + 1, 'TX', components('11488-4', 'Note', 'LN'), line));
      return [head('T02'), part.event(writer, 'T02'), part.pid(writer), part.visit(writer), transcription, ...body];
    }
    case 'DFT': {
      const charge = segment('FT1', {
        1: '1',
        4: writer.mark('date', 'patient', writer.time(scene.seen)),
        6: 'CG',
        7: components('99213', 'Office visit', 'C4'),
        10: '1',
        20: staffName(writer, scene.doctor),
      });
      return [
        head('P03'),
        part.event(writer, 'P03'),
        part.pid(writer),
        part.visit(writer),
        charge,
        part.guarantor(writer),
        part.insurance(writer),
        ...notes,
      ];
    }
    case 'VXU': {
      const [code, name] = random.pick(VACCINES);
      const given = segment('RXA', {
        1: '0',
        2: '1',
        3: writer.mark('date', 'patient', writer.time(scene.seen)),
        5: components(code, name, 'CVX'),
        6: '0.5',
        7: 'mL',
        10: staffName(writer, scene.nurse),
        15: `${random.pick(['EW', 'FL'])}${digits(random, 4)}`,
        16: '20280101',
        17: components('PFR', 'Pfizer', 'MVX'),
      });
      return [head('V04'), part.pid(writer), part.nextOfKin(writer), part.order(writer), given, ...notes];
    }
  }
}
