import { digits, eui64, fillPattern } from '../numbers.ts';
import { components, repetitions, type Segment, segment, subcomponents } from './structure.ts';
import { address, email, identifier, personName, phone, staffName, type Writer } from './writer.ts';

/** MSH; its fields count from MSH-3 here. `control` is written as it is. */
export function header(writer: Writer, type: string, event: string, control: string): Segment {
  const { dialect, scene } = writer;
  const structure = dialect.structure && dialect.version >= '2.4' ? `${type}_${event}` : '';
  return segment('MSH', {
    1: dialect.application,
    2: dialect.facility,
    3: 'EHR',
    4: 'MAIN',
    5: writer.time(scene.seen),
    7: components(type, event, structure),
    8: control,
    9: 'P',
    10: dialect.version,
    16: dialect.charset,
  });
}

export function pid(writer: Writer): Segment {
  const { scene, dialect, random } = writer;
  const { patient, relative } = scene;
  const mrn = identifier(writer, writer.mark('mrn', 'patient', patient.mrn), dialect.recordType);
  const bare = writer.mark('mrn', 'patient', patient.mrn);
  const national = scene.locale.nationalId === 'ssn' ? '' : nationalId(writer);
  const plan = identifier(writer, writer.mark('health-plan', 'patient', patient.healthPlan), 'MC');
  const old = dialect.version < '2.3';
  const list = old ? mrn : repetitions(mrn, random.chance(0.4) ? national : '', random.chance(0.3) ? plan : '');
  return segment('PID', {
    1: '1',
    2: dialect.record.startsWith('PID-2') ? bare : '',
    3: dialect.record === 'PID-2' || dialect.record === 'PID-4' ? '' : list,
    4: dialect.record === 'PID-4' ? bare : '',
    5: repetitions(
      personName(writer, patient, 'patient'),
      !old && random.chance(0.1)
        ? personName(writer, { ...patient, given: patient.nickname === '' ? patient.given : patient.nickname }, 'patient', 'A')
        : '',
      ideographic(writer),
    ),
    6: random.chance(0.2) ? components(writer.mark('name', 'relative', relative.family)) : '',
    7: writer.mark('date', 'patient', patient.born),
    8: patient.sex,
    10: random.pick(['2106-3', 'W', '']),
    11: address(writer, patient, 'patient'),
    13: repetitions(
      phone(writer, patient.phone, 'patient'),
      !old && random.chance(0.4) ? email(writer, patient.email, 'patient') : '',
    ),
    14: random.chance(0.3) ? phone(writer, fillPattern(random, random.pick(scene.locale.phones)), 'patient', 'WPN') : '',
    15: random.pick(['ENG', '', 'EN']),
    16: random.pick(['M', 'S', 'W', '']),
    18: random.chance(0.8) ? identifier(writer, writer.mark('account', 'patient', patient.account), old ? '' : 'AN') : '',
    19:
      scene.locale.nationalId === 'ssn' && random.chance(0.5)
        ? writer.mark('ssn', 'patient', random.chance(0.3) ? patient.ssn.replaceAll('-', '') : patient.ssn)
        : '',
    20: random.chance(0.1) ? components(writer.mark('license', 'patient', patient.license), patient.state) : '',
    23: random.chance(0.1) ? writer.mark('geo', 'patient', patient.city) : '',
    29: random.chance(0.03) ? writer.mark('date', 'patient', writer.time(scene.discharged)) : '',
  });
}

/** The name in the country's script (name representation code I). */
function ideographic(writer: Writer): string {
  const { dialect, random } = writer;
  if (dialect.ideographs.length === 0) return '';
  const [family, given] = random.pick(dialect.ideographs);
  return components(writer.mark('name', 'patient', family), writer.mark('name', 'patient', given), '', '', '', '', 'L', 'I');
}

function nationalId(writer: Writer): string {
  const { patient } = writer.scene;
  const marked = writer.sheet.mark(patient.nationalId, {
    category: 'health-plan',
    also: ['ssn', 'mrn', 'unique-id'],
    subject: 'patient',
    kind: 'structured',
  });
  return identifier(writer, marked, writer.random.pick(['NH', 'NI', 'NNDEU']));
}

export function nextOfKin(writer: Writer): Segment {
  const { scene, dialect } = writer;
  const { relative, relation } = scene;
  return segment('NK1', {
    1: '1',
    2: personName(writer, relative, 'relative'),
    3: dialect.version < '2.3' ? relation[0] : components(relation[0], relation[1]),
    4: address(writer, relative, 'relative'),
    5: phone(writer, relative.phone, 'relative'),
    16: writer.random.chance(0.3) && dialect.version >= '2.3' ? writer.mark('date', 'relative', relative.born) : '',
  });
}

export function event(writer: Writer, code: string): Segment {
  const occurred =
    writer.random.chance(0.4) && writer.dialect.version >= '2.3'
      ? writer.mark('date', 'patient', writer.time(writer.scene.admitted))
      : '';
  return segment('EVN', { 1: code, 2: writer.time(writer.scene.seen), 6: occurred });
}

export function visit(writer: Writer): Segment {
  const { scene, random, dialect } = writer;
  const staff = staffName(writer, scene.doctor);
  return segment('PV1', {
    1: '1',
    2: random.pick(['I', 'O', 'E']),
    3: components(random.pick(['4W', 'ICU', 'ED', 'MAIN']), String(random.int(100, 499)), random.pick(['1', '2', 'A'])),
    7: staff,
    8: random.chance(0.3) ? staffName(writer, scene.nurse) : '',
    10: random.pick(['MED', 'SUR', '']),
    19: identifier(writer, writer.mark('account', 'patient', `V${digits(random, 8)}`), dialect.version < '2.3' ? '' : 'VN'),
    44: writer.mark('date', 'patient', writer.time(scene.admitted)),
    45: random.chance(0.3) ? writer.mark('date', 'patient', writer.time(scene.discharged)) : '',
  });
}

export function guarantor(writer: Writer): Segment {
  const { relative } = writer.scene;
  return segment('GT1', {
    1: '1',
    2: writer.mark('account', 'relative', digits(writer.random, 7)),
    3: personName(writer, relative, 'relative'),
    5: address(writer, relative, 'relative'),
    6: phone(writer, relative.phone, 'relative'),
    8: writer.mark('date', 'relative', relative.born),
    11: 'SPO',
    12: writer.random.chance(0.4) ? writer.mark('ssn', 'relative', relative.ssn) : '',
  });
}

export function insurance(writer: Writer): Segment {
  const { patient } = writer.scene;
  return segment('IN1', {
    1: '1',
    2: components('PPO', 'Preferred'),
    3: '10021',
    4: writer.maybe('name', 'facility', 'Meridian Mutual'),
    16: personName(writer, patient, 'patient'),
    17: 'SEL',
    18: writer.mark('date', 'patient', patient.born),
    19: address(writer, patient, 'patient'),
    36: writer.mark('health-plan', 'patient', patient.healthPlan),
  });
}

export function order(writer: Writer, code = 'RE'): Segment {
  const { random, scene } = writer;
  return segment('ORC', {
    1: code,
    2: components(writer.maybe('unique-id', 'patient', digits(random, 8)), 'EHR'),
    3: components(writer.maybe('unique-id', 'patient', `F${digits(random, 7)}`), writer.dialect.application),
    9: writer.mark('date', 'patient', writer.time(scene.seen)),
    12: staffName(writer, scene.doctor),
  });
}

/** OBR with a clinical remark (OBR-13), where given. */
export function request(writer: Writer, service: string, remark = ''): Segment {
  const { random, scene } = writer;
  return segment('OBR', {
    1: '1',
    2: components(writer.maybe('unique-id', 'patient', digits(random, 8)), 'EHR'),
    3: components(writer.maybe('unique-id', 'patient', `F${digits(random, 7)}`), writer.dialect.application),
    4: service,
    7: writer.mark('date', 'patient', writer.time(scene.seen)),
    13: remark,
    16: staffName(writer, scene.doctor),
    22: writer.mark('date', 'patient', writer.time(scene.seen)),
    25: 'F',
    32: random.chance(0.2)
      ? subcomponents(
          writer.maybe('unique-id', 'provider', '88213'),
          writer.mark('name', 'provider', scene.nurse.family),
          writer.mark('name', 'provider', scene.nurse.given),
        )
      : '',
  });
}

export function observation(writer: Writer, number: number, type: string, what: string, value: string, unit = ''): Segment {
  const { random, dialect } = writer;
  const number64 = dialect.version >= '2.6' && random.chance(0.3) ? eui64(random) : '';
  const device = components(
    writer.maybe('device-id', 'equipment', number64),
    '',
    writer.maybe('device-id', 'equipment', number64),
    number64 === '' ? '' : 'EUI-64',
  );
  const dated = writer.random.chance(0.5) ? writer.mark('date', 'patient', writer.time(writer.scene.seen)) : '';
  return segment('OBX', { 1: String(number), 2: type, 3: what, 5: value, 6: unit, 11: 'F', 14: dated, 18: device });
}

export const note = (number: number, text: string): Segment => segment('NTE', { 1: String(number), 2: 'L', 3: text });
