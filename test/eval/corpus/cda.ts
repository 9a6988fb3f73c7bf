import type { Category, Subject } from '../../../src/core/vocabulary.ts';
import { createRandom, type Random } from '../../../src/demo/random.ts';
import { randomTime } from './dates.ts';
import { fill } from './fill.ts';
import type { Filling } from './filling.ts';
import type { CorpusFile, Kind, Split } from './label.ts';
import { createSheet, encode, labelsOf, mapText, utf8 } from './marks.ts';
import { digits } from './numbers.ts';
import { notesOf, sceneFor } from './scene.ts';
import { cleanRemark, echoRemark, noteText } from './texts.ts';

const escapeXml = (marked: string): string =>
  mapText(marked, (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  );

/** What the document's own header holds of the patient. */
const IN_HEADER: ReadonlySet<Category> = new Set(['name', 'date', 'mrn', 'phone', 'street']);

/** A CDA R2 document as marked text: the header names the patient, the body's narrative is the note. */
export function cdaText(random: Random, split: Split, filling: Filling, narrative: string): string {
  const { sheet, scene } = filling;
  const { patient, doctor, relative } = scene;
  const mark = (category: Category, subject: Subject, text: string, optional = false): string =>
    escapeXml(sheet.mark(text, { category, subject, kind: 'structured' satisfies Kind, optional }));
  const root = `2.16.840.1.113883.19.${random.int(1, 999)}`;
  const time = (day: string): string => mark('date', 'patient', `${day}${randomTime(random)}`);
  const compact = split === 'test';
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    '<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>',
    `<id root="${root}" extension="${mark('unique-id', 'patient', digits(random, 9), true)}"/>`,
    '<code code="18842-5" codeSystem="2.16.840.1.113883.6.1" displayName="Discharge summary"/>',
    '<title>Summary of Care</title>',
    `<effectiveTime value="${mark('date', 'patient', `${scene.discharged}${randomTime(random)}`, true)}"/>`,
    '<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>',
    '<recordTarget><patientRole>',
    `<id extension="${mark('mrn', 'patient', patient.mrn)}" root="${root}.5"/>`,
    random.chance(0.4) ? `<id extension="${mark('ssn', 'patient', patient.ssn)}" root="2.16.840.1.113883.4.1"/>` : '',
    `<addr use="HP"><streetAddressLine>${mark('street', 'patient', patient.street)}</streetAddressLine><city>${mark('geo', 'patient', patient.city)}</city><state>${escapeXml(patient.state)}</state><postalCode>${mark('geo', 'patient', patient.zip)}</postalCode></addr>`,
    `<telecom use="HP" value="tel:${mark('phone', 'patient', patient.phone)}"/>`,
    random.chance(0.3) ? `<telecom value="mailto:${mark('email', 'patient', patient.email)}"/>` : '',
    `<patient><name use="L"><given>${mark('name', 'patient', patient.given)}</given>${patient.middle === '' ? '' : `<given>${mark('name', 'patient', patient.middle)}</given>`}<family>${mark('name', 'patient', patient.family)}</family></name>`,
    `<administrativeGenderCode code="${patient.sex}" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="${mark('date', 'patient', patient.born)}"/>`,
    random.chance(0.3)
      ? `<guardian><guardianPerson><name><given>${mark('name', 'relative', relative.given)}</given><family>${mark('name', 'relative', relative.family)}</family></name></guardianPerson></guardian>`
      : '',
    '</patient></patientRole></recordTarget>',
    `<author><time value="${time(scene.seen)}"/><assignedAuthor><id extension="${mark('unique-id', 'provider', doctor.npi, true)}" root="2.16.840.1.113883.4.6"/><assignedPerson><name><given>${mark('name', 'provider', doctor.given)}</given><family>${mark('name', 'provider', doctor.family)}</family><suffix>MD</suffix></name></assignedPerson></assignedAuthor></author>`,
    `<custodian><assignedCustodian><representedCustodianOrganization><id root="${root}"/><name>${mark('name', 'facility', scene.hospital, true)}</name></representedCustodianOrganization></assignedCustodian></custodian>`,
    `<componentOf><encompassingEncounter><id extension="${mark('account', 'patient', digits(random, 8))}" root="${root}.9"/><effectiveTime><low value="${time(scene.admitted)}"/><high value="${time(scene.discharged)}"/></effectiveTime></encompassingEncounter></componentOf>`,
    `<component><structuredBody><component><section><code code="10164-2" codeSystem="2.16.840.1.113883.6.1"/><title>History</title><text>${paragraphs(narrative)}</text></section></component>`,
    '<component><section><code code="10160-0" codeSystem="2.16.840.1.113883.6.1"/><text><table><tbody><tr><td>Augmentin 875 mg</td><td>2 per day</td></tr><tr><td>Foley catheter 16 Fr</td><td>lot 4471992</td></tr></tbody></table></text></section></component>',
    '</structuredBody></component>',
    '</ClinicalDocument>',
  ].filter((line) => line !== '');
  return lines.join(compact ? '' : '\n');
}

function paragraphs(narrative: string): string {
  return narrative
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `<paragraph>${escapeXml(line)}</paragraph>`)
    .join('');
}

/** A CDA document of its own. */
export function cdaFile(seed: number, index: number, split: Split): CorpusFile {
  const random = createRandom(seed, `cda/${split}/${index}`);
  const sheet = createSheet();
  const notes = notesOf(split).notes.filter(({ language }) => language === 'en');
  const note = random.pick(notes);
  const filling: Filling = { random, split, sheet, scene: sceneFor(random, split, note), known: IN_HEADER };
  const kind = random.int(0, 2);
  const narrative =
    kind === 0
      ? noteText(note, filling)
      : kind === 1
        ? `${cleanRemark(filling)}\n${echoRemark(filling)}`
        : fill(random.pick(notesOf(split).remarks), filling);
  const { bytes, placed } = encode(cdaText(random, split, filling, narrative), utf8);
  const name = `cda-${index}.xml`;
  return {
    name,
    format: 'cda',
    style: `cda-${['note', 'echo', 'remark'][kind] ?? ''}`,
    bytes,
    labels: labelsOf(name, sheet, placed),
  };
}
