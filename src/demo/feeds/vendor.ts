import { components, escapeText, type Segment, segment } from '../compose.ts';
import type { Draft, Header, Maker, PlantedDraft } from '../draft.ts';
import type { Patient } from '../people.ts';
import { note, observation, observationRequest, shortPid, timestamp } from '../segments.ts';
import { VENDOR_NOTES } from '../texts.ts';
import { results } from './lab.ts';

function cloudHeader(): Header {
  return {
    application: 'INTEGRATOR',
    facility: 'NORTHLAKE',
    receivingApplication: 'CARECLOUD',
    receivingFacility: 'VENDOR-A',
    type: 'ORU^R01^ORU_R01',
    processing: 'P',
    version: '2.5.1',
  };
}

function cloudRequest(maker: Maker, relevant?: string): Segment {
  return observationRequest({
    number: 1,
    placer: '',
    filler: components(`CC${String(100_000 + maker.index)}`, 'INTEGRATOR'),
    service: components('24323-8', 'Comprehensive metabolic panel', 'LN'),
    observed: timestamp(maker.at - 45 * 60_000),
    reported: timestamp(maker.at),
    ...(relevant === undefined ? {} : { relevant }),
  });
}

function cloudReport(maker: Maker, patient: Patient, asked: Segment): Segment[] {
  return [shortPid(patient), asked, ...results(maker, VENDOR_NOTES, timestamp(maker.at - 20 * 60_000))];
}

/** Results to the vendor's cloud, a business associate that may know in PID whose they are, and nowhere else. */
export function resultsToCloud(maker: Maker): Draft {
  const patient = maker.random.pick(maker.people.patients);
  return {
    header: cloudHeader(),
    segments: cloudReport(maker, patient, cloudRequest(maker)),
    charset: 'utf8',
    expected: 'permitted',
  };
}

/** Ways in which people write a patient's name into a note, and what of it is the name as the bytes have it. */
const WRITTEN: readonly ((patient: Patient) => readonly [text: string, name: string])[] = [
  ({ family, given }) => [`Spoke with ${given} ${family}, will repeat the draw.`, `${given} ${family}`],
  ({ family, given }) => [
    `Tube relabelled for ${family.toUpperCase()}, ${given.toUpperCase()} after recollection.`,
    `${family.toUpperCase()}, ${given.toUpperCase()}`,
  ],
  ({ family, given }) => [`Patient: ${family}, ${given}. Hemolyzed, repeat advised.`, `${family}, ${given}`],
  ({ family, given }) => [
    `Result discussed with ${given.toUpperCase()} ${family.toUpperCase()} by phone.`,
    `${given.toUpperCase()} ${family.toUpperCase()}`,
  ],
];

/** The laboratory's comment names the patient, and goes to the cloud in an OBX or an NTE. */
export function nameInCloudNote(form: number, where: 'OBX' | 'NTE'): (maker: Maker) => Draft {
  return (maker) => {
    const patient = maker.random.pick(maker.people.patients);
    const [text, name] = (WRITTEN[form % WRITTEN.length] ?? maker.random.pick(WRITTEN))(patient);
    const regular = cloudReport(maker, patient, cloudRequest(maker));
    const comment = where === 'NTE' ? note(1, text) : comments(regular, text);
    return {
      header: cloudHeader(),
      segments: [...regular, comment],
      charset: 'utf8',
      expected: 'flagged',
      planted: nameIn(comment, name),
    };
  };
}

function comments(before: readonly Segment[], text: string): Segment {
  const number = before.filter(({ name }) => name === 'OBX').length + 1;
  return observation({ number, type: 'TX', what: components('8251-1', 'Comment', 'LN'), value: escapeText(text) });
}

function nameIn(comment: Segment, name: string): PlantedDraft {
  return {
    kind: 'name-in-note',
    values: [name],
    reason: 'content.category',
    category: 'name',
    place: { segment: comment, field: comment.name === 'NTE' ? '3' : '5' },
  };
}

/** The birth date, which the cloud may have in PID-7, was also put into the request's clinical information. */
export function birthDateInCloudRequest(separator: '-' | '/'): (maker: Maker) => Draft {
  return (maker) => {
    const patient = maker.random.pick(maker.people.patients);
    const { birthDate } = patient;
    const [year, month, dayOfMonth] = [birthDate.slice(0, 4), birthDate.slice(4, 6), birthDate.slice(6)];
    const written = separator === '-' ? `${year}-${month}-${dayOfMonth}` : `${month}/${dayOfMonth}/${year}`;
    const asked = cloudRequest(maker, `Screening; DOB ${written}`);
    return {
      header: cloudHeader(),
      segments: cloudReport(maker, patient, asked),
      charset: 'utf8',
      expected: 'flagged',
      planted: {
        kind: 'birth-date-in-obr',
        values: [written],
        reason: 'content.category',
        category: 'date',
        place: { segment: asked, field: '13' },
      },
    };
  };
}

function analyticsHeader(): Header {
  return { ...cloudHeader(), application: 'DEIDGW', receivingApplication: 'INSIGHT', receivingFacility: 'VENDOR-B' };
}

/** A limited data set: a study code, sex, city, state and ZIP, dates of service; nobody's name or number. */
function limitedReport(maker: Maker, patient: Patient): Segment[] {
  const code = `S${(0x5eed00 + maker.index * 977).toString(36).toUpperCase()}`;
  return [
    segment('PID', {
      1: '1',
      3: components(code, '', '', 'STUDY', 'ANON'),
      8: patient.sex,
      11: components('', '', patient.city, patient.state, patient.zip, 'USA'),
    }),
    cloudRequest(maker),
    ...results(maker, VENDOR_NOTES, timestamp(maker.at - 20 * 60_000)),
  ];
}

/** Results for analysis, under a data use agreement (45 CFR 164.514(e)). */
export function limitedToAnalytics(maker: Maker): Draft {
  const patient = maker.random.pick(maker.people.patients);
  return { header: analyticsHeader(), segments: limitedReport(maker, patient), charset: 'utf8', expected: 'permitted' };
}

/**
 * PID was blanked, the comment was not. Nothing else in the message says who it is, so only the words around the name give it
 * away: `Patient name: …`, `Mrs. …`.
 */
export function nameInLimitedNote(form: 'label' | 'title', where: 'OBX' | 'NTE'): (maker: Maker) => Draft {
  return (maker) => {
    const patient = maker.random.pick(maker.people.patients);
    const name = form === 'label' ? `${patient.family}, ${patient.given}` : `${patient.given} ${patient.family}`;
    const text =
      form === 'label'
        ? `Patient name: ${name}; sample recollected.`
        : `${patient.sex === 'F' ? 'Mrs.' : 'Mr.'} ${name} asked for a copy of the result.`;
    const regular = limitedReport(maker, patient);
    const comment = where === 'NTE' ? note(1, text) : comments(regular, text);
    return {
      header: analyticsHeader(),
      segments: [...regular, comment],
      charset: 'utf8',
      expected: 'flagged',
      planted: { ...nameIn(comment, name), reason: 'dataset.limited' },
    };
  };
}
