import type { IncidentRow } from '../policy/decision.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import type { Answers } from './assessment.ts';
import { dayIn } from './clock.ts';
import type { Secured } from './secured.ts';

/** What Cordon knows that an assessment asks for. */
export interface Known {
  readonly incident: IncidentRow;
  readonly policy: FlowPolicy | null;
  /** Kinds of identifiers, in words: `patient Social Security number`. */
  readonly identifiers: readonly string[];
  /** Systems that messages of the same content as the samples went to after them. */
  readonly onward: readonly string[];
  readonly secured: Secured;
  /** IANA zone of the people who discover. */
  readonly timeZone: string;
}

/**
 * The form as it is offered first: what is known, in sentences that an officer goes on with. No risk is rated, no exception chosen, no
 * conclusion proposed.
 */
export function prefilled(known: Known): Answers {
  const unrated = (text: string) => ({ text, risk: null });
  return {
    discovered: dayIn(known.incident.firstSeen, known.timeZone),
    people: known.incident.patients,
    residentsOfOneState: null,
    delay: null,
    factors: {
      nature: unrated(nature(known)),
      recipient: unrated(recipient(known)),
      acquired: unrated(acquired(known)),
      mitigated: unrated(mitigated(known)),
    },
    exception: null,
    exceptionWhy: '',
    ciphertextAlone: false,
    conclusion: null,
    why: '',
  };
}

function nature({ incident, identifiers }: Known): string {
  const kinds = identifiers.length === 0 ? 'Kinds of identifiers are not known.' : `Found: ${identifiers.join(', ')}.`;
  const people =
    incident.patients === 0
      ? 'How many people it is about is not known.'
      : `About ${incident.patients} distinct ${incident.patients === 1 ? 'patient' : 'patients'}.`;
  return `${kinds} ${incident.messages} ${incident.messages === 1 ? 'message' : 'messages'}. ${people}`;
}

function recipient({ incident, policy, onward }: Known): string {
  const went = onward.length === 0 ? '' : ` The same content was then seen going to ${onward.join(', ')}.`;
  if (policy === null)
    return `Sent to ${incident.destination}. The flow is not registered: what the receiver is to us is not known.${went}`;
  const { entity, country } = policy.destination;
  const { kind, ref, expires } = policy.basis.agreement;
  const paper =
    kind === 'none'
      ? 'no agreement'
      : `agreement ${kind}${ref === '' ? '' : ` ${ref}`}${expires === undefined ? '' : ` until ${expires}`}`;
  return `Sent to ${incident.destination}: ${entity}, ${paper}${country === undefined ? '' : `, in ${country}`}.${went}`;
}

function acquired({ secured: { hop, rest } }: Known): string {
  const said = (is: boolean): string => (is ? 'proven for all of the time' : 'not proven for all of the time');
  return `Encryption on the way: ${said(hop)}. Where it came to rest: ${said(rest)}. Whether anybody looked at it, Cordon cannot see.`;
}

function mitigated({ incident: { state, lastSeen } }: Known): string {
  return `Last seen ${new Date(lastSeen).toISOString().slice(0, 10)}; the incident is ${state}. Assurances of the recipient, return or destruction: none on record here.`;
}
