/** Storage SOP classes that hospitals see every day (PS3.4 B.5), as people name them. */
const SOP_CLASSES: Readonly<Record<string, string>> = {
  '1': 'Computed Radiography',
  '1.1': 'Digital X-Ray',
  '1.2': 'Mammography',
  '1.3': 'Intra-Oral X-Ray',
  '2': 'CT Image',
  '2.1': 'Enhanced CT Image',
  '3.1': 'Ultrasound Multi-frame',
  '4': 'MR Image',
  '4.1': 'Enhanced MR Image',
  '6.1': 'Ultrasound Image',
  '7': 'Secondary Capture',
  '9.1.1': '12-lead ECG',
  '11.1': 'Presentation State',
  '12.1': 'X-Ray Angiography',
  '12.2': 'X-Ray Fluoroscopy',
  '13.1.3': 'Breast Tomosynthesis',
  '20': 'Nuclear Medicine Image',
  '66': 'Raw Data',
  '66.4': 'Segmentation',
  '77.1.1': 'Endoscopic Image',
  '77.1.4': 'Photographic Image',
  '77.1.6': 'Whole Slide Microscopy',
  '88.11': 'Basic Text SR',
  '88.22': 'Enhanced SR',
  '88.33': 'Comprehensive SR',
  '88.59': 'Key Object Selection',
  '88.67': 'X-Ray Radiation Dose SR',
  '104.1': 'Encapsulated PDF',
  '104.2': 'Encapsulated CDA',
  '128': 'PET Image',
  '481.1': 'RT Image',
  '481.2': 'RT Dose',
  '481.3': 'RT Structure Set',
  '481.5': 'RT Plan',
};

const STORAGE = '1.2.840.10008.5.1.4.1.1.';

/** A message's type for people: an HL7 one as it is, a SOP class by its name where it is a common one, else its UID. */
export function typeLabel(type: string): string {
  return (type.startsWith(STORAGE) ? SOP_CLASSES[type.slice(STORAGE.length)] : undefined) ?? type;
}
