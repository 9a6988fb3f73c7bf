/** More words than this say too much to be a name. */
const MOST_WORDS = 8;

/** `PatientDateOfBirth` → `patient date of birth`; `PAT_MRN#1` → `pat mrn 1`. */
export function spokenWords(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .join(' ');
}
