import type { Parsed } from '../core/format.ts';

/** Patient Identity Removed (PS3.3 C.12.1): `YES` says that the object was de-identified. */
const IDENTITY_REMOVED = '(0012,0062)';

/** Whether the message itself says that nobody can be told from it. Only DICOM can; others are not asked, since their routing is made on demand. */
export function claimsDeidentified(parsed: Parsed): boolean {
  if (parsed.format !== 'dicom') return false;
  const { [IDENTITY_REMOVED]: said = '' } = parsed.routing.fields;
  return said.trim().toUpperCase() === 'YES';
}
