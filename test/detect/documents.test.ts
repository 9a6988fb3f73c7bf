import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

interface Seen {
  readonly category: string;
  readonly subject: string;
  readonly path: string;
  readonly text: string;
  readonly bytes: string;
}

/** What all packs find in a body, with the text and the bytes that a finding points at. */
function found(body: string): Seen[] {
  const bytes = Buffer.from(body);
  return parseBody({ bytes, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules()).matches.map(({ category, subject, leaf, from, to }) => {
      const span = parsed.leaves.spanOf(leaf, from, to);
      return {
        category,
        subject,
        path: parsed.leaves.path(leaf),
        text: parsed.leaves.text(leaf).slice(from, to),
        bytes: span === null ? '' : bytes.toString('utf8', span.start, span.end),
      };
    }),
  );
}

const line = ({ category, subject, path, text }: Seen): string => `${category} ${subject} ${path} ${text}`;

const CDA = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="CDA.xsl"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">
  <realmCode code="US"/>
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
  <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note"/>
  <title>Continuity of Care</title>
  <languageCode code="en-US"/>
  <recordTarget><patientRole>
    <id extension="998991" root="2.16.840.1.113883.4.6.2"/>
    <addr use="HP"><streetAddressLine>1357 Amber Drive</streetAddressLine><city>Beaverton</city><state>OR</state><postalCode>97867</postalCode><country>US</country></addr>
    <telecom value="tel:+1(555)555-2003" use="HP"/>
    <patient>
      <name use="L"><given>Isabella</given><family qualifier="CL">Brandvold</family></name>
      <administrativeGenderCode code="F" displayName="Female"/>
      <birthTime value="19750501"/>
    </patient>
    <providerOrganization><name>Community Health and Hospitals</name><telecom use="WP" value="tel:+1(555)555-5000"/></providerOrganization>
  </patientRole></recordTarget>
  <author><time value="2012"/><assignedAuthor><id extension="5555555555" root="2.16.840.1.113883.4.6"/>
    <assignedPerson><name><given>Henry</given><family>Sevensky</family></name></assignedPerson></assignedAuthor></author>
  <component><structuredBody><component><section>
    <templateId root="2.16.840.1.113883.10.20.22.2.6.1"/>
    <code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/>
    <title>ALLERGIES</title>
    <text><table border="1" width="100%"><thead><tr><th>Substance</th><th>Reaction</th></tr></thead>
      <tbody><tr><td>Penicillin G benzathine</td><td><content ID="reaction1">Hives</content></td></tr>
      <tr><td>Bran<content styleCode="Bold">dvold</content>, Isa<!-- -->bella said</td><td>see MRN: 78412233</td></tr></tbody></table></text>
    <entry><observation classCode="OBS" moodCode="EVN"><id nullFlavor="UNK"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
      <text><reference value="#reaction1"/></text><effectiveTime><low value="20240107"/></effectiveTime>
      <value xsi:type="PQ" value="97867" unit="mg"/></observation></entry>
  </section></component></structuredBody></component>
</ClinicalDocument>`;

describe('a CDA document', () => {
  it('gives what identifies, whose it is, and no codes, templates or namespaces', () => {
    const role = 'ClinicalDocument.recordTarget.patientRole';
    const section = 'ClinicalDocument.component.structuredBody.component.section';
    expect(found(CDA).map(line)).toEqual([
      `mrn patient ${role}.id.@extension 998991`,
      `street patient ${role}.addr.streetAddressLine 1357 Amber Drive`,
      `geo patient ${role}.addr.city Beaverton`,
      `geo patient ${role}.addr.postalCode 97867`,
      `phone patient ${role}.telecom.@value +1(555)555-2003`,
      `name patient ${role}.patient.name.given Isabella`,
      `name patient ${role}.patient.name.family Brandvold`,
      `date patient ${role}.patient.birthTime.@value 19750501`,
      `name facility ${role}.providerOrganization.name Community Health and Hospitals`,
      `phone facility ${role}.providerOrganization.telecom.@value +1(555)555-5000`,
      'unique-id provider ClinicalDocument.author.assignedAuthor.id.@extension 5555555555',
      'name provider ClinicalDocument.author.assignedAuthor.assignedPerson.name.given Henry',
      'name provider ClinicalDocument.author.assignedAuthor.assignedPerson.name.family Sevensky',
      `name patient ${section}.text Brandvold, Isabella`,
      `mrn patient ${section}.text 78412233`,
      `date patient ${section}.entry.observation.effectiveTime.low.@value 20240107`,
    ]);
  });

  it('points at the bytes of a name that markup cuts', () => {
    expect(found(CDA).find(({ text }) => text === 'Brandvold, Isabella')?.bytes).toBe(
      'Bran<content styleCode="Bold">dvold</content>, Isa<!-- -->bella',
    );
  });

  it('gives nothing for what names nobody', () => {
    const empty = CDA.replace(/<recordTarget>[\s\S]*<\/author>/, '')
      .replace(/<tr><td>Bran[\s\S]*?<\/tr>/, '')
      .replace(/<low[^>]*>/, '');
    expect(found(empty).map(line)).toEqual([]);
  });
});

describe('a table', () => {
  const TABLE = `\ufeffMRN,Patient Name,DOB,Ordering Provider,Test Name,Value,Comment\r
44712,"Brandvold, Isabella ""Izzy""",05/01/1975,"Hunt, James",Sodium,138,call 217-555-7788\r
44713,Rasmussen Otto,1968-11-30,"Hunt, James",Potassium,4.1,\r
44714,Öztürk Jürgen,19520117,,Glucose,97,"seen by Dr. Reader,\r
email j.o@mail.example"\r
`;

  it('gives cells by what their column is called, and reads the others as text', () => {
    expect(found(TABLE).map(line)).toEqual([
      'mrn patient csv[2]-1 44712',
      'name patient csv[2]-2 Brandvold, Isabella "Izzy"',
      'date patient csv[2]-3 05/01/1975',
      'name provider csv[2]-4 Hunt, James',
      'phone unknown csv[2]-7 217-555-7788',
      'mrn patient csv[3]-1 44713',
      'name patient csv[3]-2 Rasmussen Otto',
      'date patient csv[3]-3 1968-11-30',
      'name provider csv[3]-4 Hunt, James',
      'mrn patient csv[4]-1 44714',
      'name patient csv[4]-2 Öztürk Jürgen',
      'date patient csv[4]-3 19520117',
      'name provider csv[4]-7 Reader',
      'email unknown csv[4]-7 j.o@mail.example',
    ]);
  });

  it('points at cells without their quotes', () => {
    expect(found(TABLE)[1]?.bytes).toBe('Brandvold, Isabella ""Izzy""');
    expect(found(TABLE)[10]?.bytes).toBe('Öztürk Jürgen');
  });

  it('gives nothing for a table of no people', () => {
    expect(found('code,test name,unit,low,high\n2951-2,Sodium,mmol/L,136,145\n2823-3,Potassium,mmol/L,3.5,5.1\n')).toEqual([]);
  });

  it('finds a number whatever the delimiter, the quotes, the line breaks and the place', () => {
    const cell = fc.constantFrom('', '7', 'ok', 'é', 'x y');
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 6 }),
        fc.nat(5),
        fc.nat(3),
        (delimiter, newline, isQuoted, rows, at, column) => {
          const [header, row] = [['unit', 'code', 'result', 'status'], at % rows.length];
          const cells = rows.map((each, index) => {
            const made: string[] = [...each];
            made.splice(column, 0, index === row ? '536-22-8147' : '1');
            return made;
          });
          const written = [header, ...cells].map((each) => each.map((text) => (isQuoted ? `"${text}"` : text)).join(delimiter));
          const seen = found(written.join(newline) + newline).filter(({ category }) => category === 'ssn');
          expect(seen.map(({ path, bytes }) => [path, bytes])).toEqual([[`csv[${row + 2}]-${column + 1}`, '536-22-8147']]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('XML that no schema types', () => {
  it('gives values by what the sender calls them', () => {
    expect(
      found(
        '<?xml version="1.0"?><Export><Patient MRN="44712" birthDate="1975-05-01"><FirstName>Isabella</FirstName><LastName>Brandvold</LastName><HomePhone>2175557788</HomePhone></Patient><Facility><Name>Lakeside</Name></Facility><Test><Name>Sodium</Name><Code>2951-2</Code></Test></Export>',
      ).map(line),
    ).toEqual([
      'mrn patient Export.Patient.@MRN 44712',
      'date patient Export.Patient.@birthDate 1975-05-01',
      'name patient Export.Patient.FirstName Isabella',
      'name patient Export.Patient.LastName Brandvold',
      'phone patient Export.Patient.HomePhone 2175557788',
      'name facility Export.Facility.Name Lakeside',
    ]);
  });

  it('gives the fields of HL7 v2 in its XML encoding as those of its other one', () => {
    expect(
      found(
        '<ADT_A01 xmlns="urn:hl7-org:v2xml"><MSH><MSH.7><TS.1>20240105101500</TS.1></MSH.7></MSH><PID><PID.3><CX.1>44712</CX.1></PID.3><PID.5><XPN.1><FN.1>Brandvold</FN.1></XPN.1><XPN.2>Isabella</XPN.2></PID.5></PID><NK1><NK1.2><XPN.2>Acme</XPN.2></NK1.2><NK1.3><CE.1>EMR</CE.1></NK1.3></NK1></ADT_A01>',
      ).map(line),
    ).toEqual([
      'mrn patient PID-3.1 44712',
      'name patient PID-5.1.1 Brandvold',
      'name patient PID-5.2 Isabella',
      'name employer NK1-2.2 Acme',
    ]);
  });
});
