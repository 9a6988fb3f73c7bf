import { describe, expect, it } from 'vitest';
import { elementsOf } from '../../../src/core/format.ts';
import { xml } from '../../../src/formats/xml/format.ts';
import { checkCover, latin1, leafAt, parse, textAt, typeAt, utf8, values } from '../support.ts';

const one = (text: string) => {
  const bytes = utf8(text);
  const parts = parse(bytes);
  checkCover(bytes, parts);
  const [only] = parts;
  if (only === undefined || parts.length > 1) throw new Error(`${parts.length} parts, expected one`);
  return only;
};

/** The bytes that a value's text was read from, as text. */
function source(text: string, path: string, value: string): string {
  const parsed = one(text);
  const leaf = leafAt(parsed, path);
  const from = parsed.leaves.text(leaf).indexOf(value);
  const span = parsed.leaves.spanOf(leaf, from, from + value.length);
  return span === null ? '' : Buffer.from(utf8(text)).toString('utf8', span.start, span.end);
}

describe('XML', () => {
  it('knows documents, and leaves HTML, prose and other formats alone', () => {
    const sure = [
      '<?xml version="1.0"?><a/>',
      '\ufeff<ClinicalDocument>',
      '  <a:b c="d"/>',
      '<!-- x --><a/>',
      '<!DOCTYPE a><a/>',
    ];
    for (const text of sure) expect(xml.sniff(utf8(text)), text).toBeGreaterThan(0.5);
    const others = [
      '<html><body>x</body></html>',
      '<!DOCTYPE html><p>',
      '< 5 mg',
      '<5 mg',
      '{"a": "<b>"}',
      'a <b>',
      'MSH|^~\\&|<a>',
      '',
    ];
    for (const text of others) expect(xml.sniff(utf8(text)), text).toBe(0);
  });

  it('gives texts and attributes as leaves, with elements counted from 1', () => {
    expect(values(one('<a><b c="1">x</b><b>y</b><n:b xmlns:n="u" n:c=\'2\'>z</n:b></a>'))).toEqual([
      'a.b.@c=1',
      'a.b=x',
      'a.b[2]=y',
      'a.b[3].@xmlns=u',
      'a.b[3].@c=2',
      'a.b[3]=z',
    ]);
  });

  it('passes nothing over: comments, instructions, the document type, CDATA', () => {
    const text =
      '<?xml version="1.0"?><?style x?><!DOCTYPE a [<!ENTITY who "Jane">]><!-- Doe --><a><![CDATA[ <b>& ]]><!--in--></a><!--end-->';
    expect(values(one(text))).toEqual([
      'a.processing-instruction()=style x',
      'a.doctype()=DOCTYPE a [<!ENTITY who "Jane">]',
      'a.comment()=Doe',
      'a=<b>&',
      'a.comment()=in',
      'a.comment()=end',
    ]);
  });

  it('resolves references, and points at them', () => {
    const text = '<a b="O&apos;Brien">Do&#101; &amp; R&#x6f;e&nbsp;&eacute;&who;</a>';
    expect(values(one(text))).toEqual(["a.@b=O'Brien", 'a=Doe & Roe é&who;']);
    expect(source(text, 'a', 'Doe')).toBe('Do&#101;');
    expect(source(text, 'a', 'é')).toBe('&eacute;');
    expect(source(text, 'a.@b', "'B")).toBe('&apos;B');
  });

  it('reads declarations that no element follows once, however many there are', () => {
    // Each would be read to the end, were that not remembered; the test would not come back.
    for (const text of ['<?xml ?>', '<?xml version="1.0"?>\n', '<?xml ?>text\n']) {
      const bytes = Buffer.from(text.repeat(50_000));
      expect(xml.parse({ bytes, elided: [] }).map(({ format }) => format)).toEqual(['raw']);
    }
  });

  it('never expands what a document declares', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>';
    expect(textAt(one(bomb), 'a')).toBe('&y;');
  });

  it('keeps a text whole that markup cuts', () => {
    expect(values(one('<a><p>J<content ID="i">ane</content> <b><i>D</i>oe</b></p></a>'))).toEqual([
      'a.p=Jane Doe',
      'a.p.content.@ID=i',
    ]);
    expect(values(one('<a>Ja<!-- x -->ne<![CDATA[ Do]]>e</a>'))).toEqual(['a=Jane Doe', 'a.comment()=x']);
    expect(values(one('<a><![CDATA[Ja]]><![CDATA[ne]]></a>'))).toEqual(['a=Jane']);
    expect(values(one('<a>J<who>ane</who> saw <q>x</q></a>'))).toEqual(['a=J\nane\nsaw x']);
    expect(source('<a><p>J<b>ane</b> Doe</p></a>', 'a.p', 'Jane')).toBe('J<b>ane');
  });

  it('keeps parts apart that are values', () => {
    expect(values(one('<a><b>Jane</b><c>Doe</c></a>'))).toEqual(['a.b=Jane', 'a.c=Doe']);
    expect(values(one('<a>x<d><e>Jane</e></d></a>'))).toEqual(['a=x', 'a.d.e=Jane']);
    expect(values(one('<name>Dr. <given>Ann</given> <family>Hunt</family></name>'))).toEqual([
      'name=Dr.',
      'name.given=Ann',
      'name.family=Hunt',
    ]);
  });

  it('says of its problems and reads on', () => {
    const broken = [
      '<a b=1>x</a>',
      '<a b>x</a>',
      '<a><b>x</a>',
      '<a>x</b></a>',
      '<a>x',
      '<a>1 < 2</a>',
      '<a b="x',
      '<a><!-- x',
      '<a><![CDATA[x',
      '<a></a b="x">',
    ];
    for (const text of broken) {
      const parsed = one(text);
      expect(
        parsed.problems.map(({ code }) => code),
        text,
      ).toEqual(['xml.syntax']);
      expect(JSON.stringify(parsed.problems)).not.toContain('x<');
      expect([...elementsOf(parsed)].map((each) => each.text).join(' '), text).toMatch(/[x12]/);
    }
    expect(values(one('<a b=Jane c="x">y</a>'))).toEqual(['a.@b=Jane', 'a.@c=x', 'a=y']);
  });

  it('stops at made-up nesting, and reads the rest as text', () => {
    const bytes = utf8(`<?xml version="1.0"?>${'<a>'.repeat(1000)}Jane Doe`);
    const parts = parse(bytes);
    checkCover(bytes, parts);
    expect(parts.map(({ format }) => format)).toEqual(['xml', 'raw']);
    expect(parts[0]?.problems[0]?.code).toBe('xml.depth');
    expect(values(parts[1] ?? one('<a/>')).join()).toContain('Jane Doe');
  });

  it('reads documents one after the other, and what stands behind them', () => {
    const bytes = utf8('<?xml version="1.0"?><a>1</a>\n<?xml version="1.0"?><b>2</b>\nand Jane');
    const parts = parse(bytes);
    checkCover(bytes, parts);
    expect(parts.map((part) => [part.format, ...values(part)])).toEqual([
      ['xml', 'a=1'],
      ['xml', 'b=2'],
      ['raw', 'raw=and Jane'],
    ]);
  });

  it('hides names that could be somebody’s, and reads them', () => {
    const long = 'A'.repeat(80);
    expect(values(one(`<a><${long} x1234567="v"/></a>`))).toEqual([`a.?.name()=${long}`, 'a.?.name()=x1234567', 'a.?.@?=v']);
  });

  it('reads character sets by what the bytes are, then by what is declared', () => {
    const [cyrillic] = parse(
      Buffer.from([
        ...Buffer.from('<?xml version="1.0" encoding="ISO-8859-5"?><a>'),
        0xb8,
        0xd2,
        0xd0,
        0xdd,
        ...Buffer.from('</a>'),
      ]),
    );
    expect(cyrillic && textAt(cyrillic, 'a')).toBe('Иван');
    const [plain] = parse(latin1('<?xml version="1.0" encoding="UTF-8"?><a>M\xfcller</a>'));
    expect(plain && textAt(plain, 'a')).toBe('Müller');
    const [wrong] = parse(utf8('<?xml version="1.0" encoding="ISO-8859-1"?><a>Müller</a>'));
    expect(wrong && textAt(wrong, 'a')).toBe('Müller');
    const wide = Uint8Array.from(Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>Müller é</a>', 'utf16le'));
    const parts = parse(wide);
    checkCover(wide, parts);
    const [sixteen] = parts;
    if (sixteen === undefined) throw new Error('nothing read');
    expect(textAt(sixteen, 'a')).toBe('Müller é');
    const span = sixteen.leaves.spanOf(leafAt(sixteen, 'a'), 1, 2);
    expect(span && Buffer.from(wide).toString('utf16le', span.start, span.end)).toBe('ü');
  });
});

describe('CDA', () => {
  const HEAD = '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">';

  it('is known by its root, whatever the prefix, and typed by its names', () => {
    const parsed = one(
      `<n1:ClinicalDocument xmlns:n1="urn:hl7-org:v3"><n1:recordTarget><n1:patientRole><n1:id root="1.2" extension="7"/>
       <n1:addr><n1:city>Aurora</n1:city></n1:addr><n1:telecom value="tel:1"/><n1:patient><n1:name><n1:given>Ann</n1:given><n1:given>B</n1:given></n1:name>
       <n1:birthTime value="19620303"/></n1:patient></n1:patientRole></n1:recordTarget></n1:ClinicalDocument>`,
    );
    expect([parsed.format, parsed.type]).toEqual(['cda', 'ClinicalDocument']);
    const role = 'ClinicalDocument.recordTarget.patientRole';
    expect(typeAt(parsed, `${role}.patient.name.given[2]`)).toBe('PN.given');
    expect(typeAt(parsed, `${role}.id.@extension`)).toBe('II.extension');
    expect(typeAt(parsed, `${role}.telecom.@value`)).toBe('TEL.value');
    expect(typeAt(parsed, `${role}.addr.city`)).toBe('AD.city');
    expect(typeAt(parsed, `${role}.patient.birthTime.@value`)).toBe('TS.value');
    expect(parsed.leaves.addressOf(leafAt(parsed, `${role}.id.@root`)).group).toBe('recordTarget');
  });

  it('makes one text of the narrative of a section, cells and lines apart', () => {
    const parsed = one(
      `${HEAD}<component><section><text>\n  <table><tr><td>Name</td>\n   <td ID="n">J<content>ane</content>\n Doe</td></tr></table><br/>fine</text></section></component></ClinicalDocument>`,
    );
    expect(textAt(parsed, 'ClinicalDocument.component.section.text')).toBe('Name\nJane Doe\nfine');
    expect(textAt(parsed, 'ClinicalDocument.component.section.text.table.tr.td[2].@ID')).toBe('n');
  });

  it('types values by xsi:type, intervals by what they are part of', () => {
    const parsed = one(
      `${HEAD}<component><value xsi:type="IVL_TS"><low value="20240101"/></value><value xsi:type="PQ" value="20240101" unit="mg"/><effectiveTime><high value="2024"/></effectiveTime></component></ClinicalDocument>`,
    );
    expect(typeAt(parsed, 'ClinicalDocument.component.value.low.@value')).toBe('TS.value');
    expect(typeAt(parsed, 'ClinicalDocument.component.value[2].@value')).toBe('PQ.value');
    expect(typeAt(parsed, 'ClinicalDocument.component.effectiveTime.high.@value')).toBe('TS.value');
  });

  it('says whom it is about, each value once, fillers left out', () => {
    const parsed = one(
      `${HEAD}<recordTarget><patientRole><id root="2.16.840.1.113883.4.1" extension="536-22-8147"/><id root="1.2" extension="4471"/><id nullFlavor="UNK"/>
       <addr><streetAddressLine>12 Elm St</streetAddressLine></addr><telecom value="tel:+1(217)555-0134"/><telecom value="mailto:jane@mail.example"/>
       <patient><name><given>Jane</given><family>Doe</family></name><name>DOE, JANE</name><name><family>UNKNOWN</family></name><birthTime value="19620303"/>
       <guardian><guardianPerson><name>Otto Roe</name></guardianPerson></guardian></patient></patientRole></recordTarget>
       <author><assignedAuthor><assignedPerson><name><family>Hunt</family></name></assignedPerson></assignedAuthor></author></ClinicalDocument>`,
    );
    expect(
      parsed.identity.values.map(({ kind, category, subject, parts }) => [kind, category, subject, ...parts].join(' ')),
    ).toEqual([
      'number ssn patient 536-22-8147',
      'number mrn patient 4471',
      'street street patient 12 Elm St',
      'phone phone patient +1(217)555-0134',
      'email email patient jane@mail.example',
      'name name patient Doe Jane',
      'date date patient 19620303',
      'name name relative Roe Otto',
    ]);
  });

  it('opens what a document without XML holds', () => {
    const inner = Buffer.from('seen by Jane Doe, MRN 7788991').toString('base64');
    const [parsed] = parse(
      utf8(
        `${HEAD}<component><nonXMLBody><text mediaType="text/plain" representation="B64">${inner}</text></nonXMLBody></component></ClinicalDocument>`,
      ),
    );
    expect(parsed && values(parsed)).toContain('ClinicalDocument.component.nonXMLBody.text=seen by Jane Doe, MRN 7788991');
  });

  it('is read with its own addresses inside an envelope, and inside another message', () => {
    const document = `${HEAD}<title>x</title></ClinicalDocument>`;
    const wrapped = one(`<soap:Envelope xmlns:soap="u"><soap:Body>${document}</soap:Body></soap:Envelope>`);
    const leaf = leafAt(wrapped, 'Envelope.Body.ClinicalDocument.title');
    expect(wrapped.leaves.addressOf(leaf)).toMatchObject({ format: 'cda', path: 'ClinicalDocument.title' });
    const [hl7] = parse(latin1(`MSH|^~\\&|A\rOBX|1|ED|||^text^xml^Base64^${Buffer.from(document).toString('base64')}\r`));
    expect(hl7 && values(hl7)).toContain('OBX-5.5/ClinicalDocument.title=x');
  });
});

describe('HL7 v2 in XML', () => {
  const MESSAGE = `<ADT_A01 xmlns="urn:hl7-org:v2xml"><MSH><MSH.3><HD.1>ADT</HD.1></MSH.3><MSH.9><MSG.1>ADT</MSG.1><MSG.2>A01</MSG.2></MSH.9><MSH.11><PT.1>T</PT.1></MSH.11></MSH>
    <PID><PID.3><CX.1>1</CX.1></PID.3><PID.3><CX.1>4471</CX.1><CX.4><HD.1>H</HD.1></CX.4><CX.5>MR</CX.5></PID.3><PID.5><XPN.1><FN.1>Doe</FN.1></XPN.1><XPN.2>Jane</XPN.2></PID.5></PID>
    <NK1><NK1.2><XPN.2>Otto</XPN.2></NK1.2></NK1><NK1><NK1.2><XPN.2>Anna</XPN.2></NK1.2></NK1><OBX><OBX.2>CE</OBX.2><OBX.5><CE.2>x</CE.2></OBX.5></OBX></ADT_A01>`;

  it('has the paths and types of the fields', () => {
    const parsed = one(MESSAGE);
    expect([parsed.format, parsed.type]).toEqual(['xml', 'ADT^A01']);
    expect(parsed.routing).toEqual({ fields: { 'MSH-3': 'ADT', 'MSH-9': 'ADT^A01', 'MSH-11': 'T' }, processing: 'T' });
    expect(values(parsed)).toContain('PID-3[2].4.1=H');
    expect(values(parsed)).toContain('NK1[2]-2.2=Anna');
    expect(typeAt(parsed, 'PID-5.1.1')).toBe('XPN.1.1');
    expect(typeAt(parsed, 'OBX-5.2')).toBe('CWE.2');
    expect(parsed.leaves.addressOf(leafAt(parsed, 'PID-5.2'))).toMatchObject({ format: 'hl7v2', path: 'PID-5.2', group: 'PID' });
    expect(parsed.identity.values.map(({ parts, subject }) => `${subject} ${parts.join(' ')}`)).toEqual([
      'patient 4471',
      'patient Doe Jane',
      'relative  Otto',
      'relative  Anna',
    ]);
  });

  it('is known by a header where no namespace says so', () => {
    expect(one(MESSAGE.replace(' xmlns="urn:hl7-org:v2xml"', '')).type).toBe('ADT^A01');
    expect(one('<ADT_A01><PID><PID.5>x</PID.5></PID></ADT_A01>').type).toBe('');
  });
});

it('tells codes and addresses of definitions in FHIR from what may be somebody’s', () => {
  const fhir = one(
    '<Patient xmlns="http://hl7.org/fhir"><extension url="http://x.example/e"/><identifier><system value="http://x.example"/><value value="7"/></identifier></Patient>',
  );
  expect(typeAt(fhir, 'Patient.extension.@url')).toBe('code');
  expect(typeAt(fhir, 'Patient.identifier.system.@value')).toBe('code');
  expect(typeAt(fhir, 'Patient.identifier.value.@value')).toBe('');
  expect(typeAt(one('<export><system value="7"/></export>'), 'export.system.@value')).toBe('');
});
