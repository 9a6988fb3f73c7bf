/** A synthetic ORU^R01 as a laboratory sends it: PID, PV1, ORC, OBR and `observations` OBX, CR terminated. `number` tells patients apart. */
export function oru(
  control: string,
  observations = 20,
  extra: readonly string[] = [],
  number = Number.parseInt(control.replace(/\D/g, ''), 10) || 0,
): Buffer {
  const mrn = `MR${String(4_000_000 + (number % 900_000))}`;
  const lines = [
    `MSH|^~\\&|LIS|MAIN LAB|EHR|MAIN|20261124101500-0500||ORU^R01^ORU_R01|${control}|P|2.5.1|||||USA||||`,
    `PID|1||${mrn}^^^MAIN^MR||Quillfeather^Marisol^T^^^^L||19620303|F||2106-3^White^HL70005|418 Larkspur Ave^^Millbrook^NY^12545^USA||^PRN^PH^^1^845^5550142|||||${mrn}01^^^MAIN^AN`,
    'PV1|1|I|4W^402^1^MAIN||||1700000019^Abernathy^Ross^J^^^MD|||MED||||||||V100042^^^MAIN^VN|||||||||||||||||||||||||20261123083000',
    `ORC|RE|P${control}^EHR|F${control}^LIS||CM||||20261124093000|||1700000019^Abernathy^Ross^J^^^MD`,
    `OBR|1|P${control}^EHR|F${control}^LIS|24323-8^Comprehensive metabolic panel^LN|||20261124090000|||||||||1700000019^Abernathy^Ross^J^^^MD||||||20261124101400|||F`,
  ];
  for (let index = 1; index <= observations; index++) {
    lines.push(
      `OBX|${index}|NM|2345-7^Glucose [Mass/volume] in Serum or Plasma^LN||${(80 + ((index * 7) % 60)).toFixed(1)}|mg/dL^milligram per deciliter^UCUM|70-110|N|||F|||20261124090000||||AU5800-3^BECKMAN|20261124101000`,
    );
  }
  lines.push('NTE|1|L|Specimen slightly hemolyzed; potassium may be elevated. Repeat if clinically indicated.', ...extra);
  return Buffer.from(`${lines.join('\r')}\r`, 'latin1');
}
