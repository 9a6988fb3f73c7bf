/** Ends the words of a column in a table of people. */
export const SOMEBODY = 'somebody';

/** Words of headers that only people have: parts of names, birth, sex, numbers of patients, what they suffer from. */
const OF_PEOPLE = new Set(
  `patient patients pat pt mrn mrns medrec empi dob birth birthdate birthday born surname forename forenames firstname lastname given sex gender ssn nhs resident member mbr
   uhid subscriber encounter csn admission admit discharge diagnosis dx ptnm patnm lnm fnm lname fname lstnm fstnm bdt brthdt ssno mrno patno grdn guar pcpnm
   patientennummer patientenid patientennr patnr patid vorname nachname familienname geburtsdatum gebdat geb geschlecht fallnr fallnummer diagnose versnr kvnr
   prenom naissance ddn sexe nir ipp nip sejour diagnostic
   paciente apellido apellidos nacimiento fnac sexo dni nie nhc historia diagnostico ingreso
   paziente cognome nascita sesso fiscale ricovero diagnosi utente nascimento apelido sobrenome prontuario
   voornaam achternaam geboortedatum geslacht bsn patientnummer fornavn etternavn efternavn fornamn efternamn fodselsdato personnummer cpr kjonn kon
   pacjent rodne narozeni prijmeni pacient narodenia beteg szuletesi taj sukunimi etunimi syntymaaika hetu potilas hasta soyad soyadi dogum tckn nasterii cnp prenume prezime rodenja oib
   jmbg pasien pesakit lahir nric sinh cccd tci pacijent kogo szul ονοματεπωνυμο επωνυμο αμκα
   pesel nazwisko imie ur urodzenia фамилия отчество рождения снилс`.split(/\s+/),
);
const NAMES = /(?:^| )(?:first|last|middle|full|family|frst|fst|lst) (?:name|names|nm)(?: |$)/;
/** The same in scripts that put no spaces between words. */
const EAST = /患者|病人|氏名|姓名|生年月日|出生|カルテ|病历|病案|住院|身份证|性别|性別|诊断|환자|성명|생년월일|성별|주민/;

/** Ends the words of a column in a table of those who work there. */
export const STAFF = 'staff';

/** Words of headers that only rotas and lists of staff have, and words of which they have two. */
const OF_STAFF = new Set(
  'rota roster bleep fte payroll oncall gmc nmc ahpra npi credentials jobtitle privileges dienstplan dienst funktion garde turno turnus'.split(
    ' ',
  ),
);
const ALSO_OF_STAFF = new Set(
  'role shift duty position specialty speciality employee staff department dept pager extension ext supervisor grade band team ward hired call title station'.split(
    ' ',
  ),
);

/** Whether a table is about those who work there: it says what they do, and nothing that only patients have. */
export function isOfStaff(header: readonly string[]): boolean {
  const words = new Set(header.flatMap((each) => each.split(' ')));
  const [sure, also] = [OF_STAFF, ALSO_OF_STAFF].map((list) => [...words].filter((word) => list.has(word)).length);
  return !isOfPeople(header) && ((sure ?? 0) > 0 || (also ?? 0) > 1);
}

/** Whether a table is about people, by its header in spoken words. */
export function isOfPeople(header: readonly string[]): boolean {
  return header.some((words) => NAMES.test(words) || EAST.test(words) || words.split(' ').some((word) => OF_PEOPLE.has(word)));
}
