import type { DisclosureDecision, Exemption } from '../core/transfer.ts';

/** Why a disclosure need not be accounted for. */
export const EXEMPTION_WORDS: Readonly<Record<Exemption, string>> = {
  tpo: 'treatment, payment or operations',
  individual: 'to the patient',
  'incident-to': 'incident to a permitted use',
  authorization: 'by an authorization',
  directory: 'facility directory, or persons involved in care',
  'national-security': 'national security',
  custodial: 'correctional institutions',
  'limited-data-set': 'a limited data set',
  internal: 'stays with us',
};

/** Where 45 CFR says so; what stays with the entity is a use, and no disclosure. */
export const EXEMPTION_SECTIONS: Readonly<Record<Exemption, string>> = {
  tpo: '164.528(a)(1)(i)',
  individual: '164.528(a)(1)(ii)',
  'incident-to': '164.528(a)(1)(iii)',
  authorization: '164.528(a)(1)(iv)',
  directory: '164.528(a)(1)(v)',
  'national-security': '164.528(a)(1)(vi)',
  custodial: '164.528(a)(1)(vii)',
  'limited-data-set': '164.528(a)(1)(viii)',
  internal: '160.103',
};

export const DECISION_WORDS: Readonly<Record<DisclosureDecision['decision'], string>> = {
  disclosure: 'Accountable disclosure',
  exempt: 'Exempt',
  undecided: 'To be decided again',
};
