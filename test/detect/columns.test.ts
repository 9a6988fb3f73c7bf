import { describe, expect, it } from 'vitest';
import { asStanding, calls, labelOf, names, ownerWordsOf, ownWordsAt } from '../../src/detect/columns.ts';
import { spokenWords } from '../../src/formats/text/words.ts';

describe('what a value is called', () => {
  it.each([
    ['PatientDateOfBirth', 'patient date of birth'],
    ['PAT_MRN#1', 'pat mrn 1'],
    ['SSN', 'ssn'],
    ['patientSSN', 'patient ssn'],
    ['HTTPStatus', 'http status'],
    ['Prénom', 'prenom'],
    ['Straße', 'strasse'],
    ['Fødselsdato', 'fodselsdato'],
    ['患者ID', '患者 id'],
    ['フリガナ', 'フリガナ'],
    ['환자 번호', '환자 번호'],
    ['ＭＲＮ', 'mrn'],
    ['  e-mail  ', 'e mail'],
    ['address1', 'address 1'],
    ['', ''],
    ['one two three four five six seven eight nine', 'one two three four five six seven eight'],
  ])('%s is %s in words', (name, words) => {
    expect(spokenWords(name)).toBe(words);
  });

  const address = (format: string, path: string, typePath: string) => ({ id: 0, format, path, group: 'x', typePath });

  it('is the header of a table, or the last two names of XML that no schema types', () => {
    expect(labelOf(address('csv', 'csv', 'patient name'))).toBe(' patient name ');
    expect(labelOf(address('xml', 'Export.Patient.lastName', ''))).toBe(' patient last name somebody ');
    expect(labelOf(address('xml', 'Export.Patient.name.@value', ''))).toBe(' patient name somebody ');
    expect(labelOf(address('xml', 'Export.Patient.comment()', ''))).toBeNull();
    expect(labelOf(address('xml', 'PRPA.name', 'PN.text'))).toBeNull();
    expect(labelOf(address('cda', 'ClinicalDocument.title', 'ED'))).toBeNull();
    expect(labelOf(address('hl7v2', 'PID-5', 'XPN'))).toBeNull();
  });

  it.each([
    ['Export.Episodio.Telefone', 'episodio', false],
    ['Export.Episodio.Telefone', 'telefone', true],
    ['Export.Episodio.Numero', 'episodio', true],
    ['Export.Phone.Value', 'phone', true],
    ['Export.Patient.lastName', 'patient last', true],
    ['Export.Episodio.@NUM', 'episodio', true],
    ['Telefone', 'telefone', true],
  ])('is, of XML, not what the element around it alone is called: %s by %s: %o', (path, phrase, called) => {
    const own = ownWordsAt(address('xml', path, ''));
    expect(calls(labelOf(address('xml', path, '')), own, asStanding([phrase]))).toBe(called);
  });

  it.each([
    ['a clinician further around it', 'Message.Prescriber.NonVeterinarian.Name.LastName', true],
    ['two words that are one', 'Message.OrderingProvider.Identity.Name.LastName', true],
    ['nobody beyond the patient', 'Message.Prescriber.Patient.Name.LastName', false],
    ['nobody of the root', 'Prescriber.Record.Name.LastName', false],
    ['no clinician of a report', 'Message.PrescriberReport.Row.Name.LastName', false],
    ['no clinician where the patient is in its own name', 'Message.Prescriber.Row.Group.PatientName', false],
  ])('is of %s', (_, path, of) => {
    const at = address('xml', path, '');
    expect(names(ownerWordsOf(at, labelOf(at)), asStanding(['prescriber', 'ordering provider']))).toBe(of);
  });

  it('is asked for by whole words, one after the other', () => {
    expect(names(' patient last name ', asStanding(['last name']))).toBe(true);
    expect(names(' patient last name ', asStanding(['patient name', 'las']))).toBe(false);
    expect(names(null, asStanding(['name']))).toBe(false);
    expect(names(' name ', null)).toBe(false);
  });
});
