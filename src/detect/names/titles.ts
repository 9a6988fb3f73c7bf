import { Cue } from './cues.ts';
import { type Evidence, NOTHING, type Whose, whoseOf } from './evidence.ts';
import { hashOf } from './letters.ts';
import { gapAt, isGap, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';

const PR = hashOf('pr');

/** What a title right before the name says of it. */
export function titled(reader: Reader, title: number, at: number): Evidence {
  const bits = reader.tokens.cue[title] ?? 0;
  const doctor = (bits & Cue.doctor) !== 0;
  const whose = doctor ? 'provider' : ownerBefore(reader, title);
  const dotted = (gapAt(reader, at) & Gap.dot) !== 0;
  const kind = reader.tokens.kind[title];
  // PR is how a suppository is given.
  if (reader.tokens.hash[title] === PR && kind === Kind.upper) return NOTHING;
  // MR is an image and MS a disease, lower-case words may be anything.
  if (!dotted && (bits & Cue.unsureTitle) !== 0 && kind === Kind.upper) return { weight: 1.5, whose };
  return { weight: 3, whose };
}

/** `his wife, Mrs. Okafor`: whose a title does not say. */
function ownerBefore(reader: Reader, title: number): Whose {
  const bits = reader.tokens.cue[title - 1] ?? 0;
  const near = isGap(reader, title, Gap.blank | Gap.comma | Gap.open | Gap.colon);
  return near && (bits & (Cue.relative | Cue.role | Cue.patient)) !== 0 ? whoseOf(bits) : 'unknown';
}
