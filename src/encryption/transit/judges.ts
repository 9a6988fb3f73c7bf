import type { CertificateFacts, ChainFacts } from './certificate.ts';
import { groupOf } from './groups.ts';
import type { Check, Finding, Judge, Seen, Violation } from './judgement.ts';
import type { TransitFacts } from './probe.ts';
import type { Profile, SuiteMatch } from './profiles.ts';
import { type CipherSuite, SUITES, suiteName } from './suites.ts';
import { VERSIONS } from './versions.ts';

/** One judge a check: pure functions from what was seen and a profile to what is wrong. */
export const JUDGES: Readonly<Record<Check, Judge>> = {
  version: judgeVersion,
  suites: judgeSuites,
  'key-exchange': judgeKeyExchange,
  certificate: judgeCertificate,
  extensions: judgeExtensions,
};

const DAY = 86_400_000;
const CUT_SHORT = 'the probe ended before every question was asked; ask again, or allow it more connections';

function judgeVersion({ facts }: Seen, { version }: Profile): Finding {
  const violations = version.forbidden
    .filter((each) => facts.versions[each] === 'accepted')
    .map((each) => ({ section: version.section, what: `accepts ${each}` }));
  const refused = version.all.filter((each) => facts.versions[each] === 'refused');
  violations.push(...refused.map((each) => ({ section: version.section, what: `refuses ${each}` })));
  const isAnyRefused = version.any.length > 0 && version.any.every((each) => facts.versions[each] === 'refused');
  if (isAnyRefused) violations.push({ section: version.section, what: `refuses ${version.any.join(' and ')}` });
  const hasAny = version.any.length === 0 || version.any.some((each) => facts.versions[each] === 'accepted');
  const unseen = [...version.forbidden, ...version.all, ...(hasAny ? [] : version.any)].filter(
    (each) => facts.versions[each] === 'unknown',
  );
  return {
    violations,
    unseen: unseen.length > 0 ? [`no answer about ${unseen.join(', ')}`] : [],
    facts: {
      accepted: VERSIONS.filter((each) => facts.versions[each] === 'accepted'),
      unknown: VERSIONS.filter((each) => facts.versions[each] === 'unknown'),
      connections: facts.connections,
    },
  };
}

function judgeSuites({ facts }: Seen, { suites }: Profile): Finding {
  const codes = acceptedSuites(facts);
  // By rule and in the rules' order, so that the gravest comes first and one sentence tells of each.
  const broken = new Map<SuiteRule, string[]>(suiteRules(suites).map((rule) => [rule, []]));
  for (const code of codes) {
    const suite = SUITES.get(code);
    const rule = suite === undefined ? undefined : [...broken.keys()].find((each) => each.breaks(suite, facts));
    if (suite !== undefined && rule !== undefined) broken.get(rule)?.push(suite.name);
  }
  const violations = [...broken].flatMap(([{ section, why, level }, [first, ...more]]) => {
    if (first === undefined) return [];
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return [{ section, what: `accepts a suite that ${why}, ${level}: ${first}${others}` }];
  });
  return {
    violations,
    unseen: facts.complete ? [] : [CUT_SHORT],
    facts: { accepted: codes.map(suiteName), forbidden: [...broken.values()].flat(), preference: facts.preference },
  };
}

interface SuiteRule {
  readonly section: string;
  readonly why: string;
  readonly level: string;
  breaks(suite: CipherSuite, facts: TransitFacts): boolean;
}

/** The rules of what is forbidden, and the closed list as the last of them. */
function suiteRules({ forbidden, only }: Profile['suites']): SuiteRule[] {
  const rules: SuiteRule[] = forbidden.map(({ section, why, level, match }) => ({
    section,
    why,
    level,
    breaks: (suite, facts) => isMatch(suite, match, facts),
  }));
  if (only === undefined) return rules;
  const { section, why, match } = only;
  const breaks: SuiteRule['breaks'] = (suite, facts) => !match.some((each) => isMatch(suite, each, facts));
  return [...rules, { section, why, level: 'SHALL NOT', breaks }];
}

function acceptedSuites({ suites }: TransitFacts): number[] {
  return [...new Set(VERSIONS.flatMap((version) => suites[version] ?? []))];
}

function isMatch(suite: CipherSuite, match: SuiteMatch, facts: TransitFacts): boolean {
  const holds = <T>(list: readonly T[] | undefined, value: T): boolean => list === undefined || list.includes(value);
  return (
    holds(match.keyExchange, suite.keyExchange) &&
    holds(match.authentication, suite.authentication) &&
    holds(match.bulk, suite.bulk) &&
    holds(match.mode, suite.mode) &&
    holds(match.mac, suite.mac) &&
    (match.bitsBelow === undefined || suite.bits < match.bitsBelow) &&
    (match.withoutEncryptThenMac === undefined || facts.extensions.encryptThenMac === false)
  );
}

function judgeKeyExchange({ facts }: Seen, { keyExchange }: Profile): Finding {
  const { section, curveBits, primeBits } = keyExchange;
  const groups = facts.groups.map(groupOf);
  const weak = groups.filter(({ kind, bits }) => bits < (kind === 'prime' ? primeBits : curveBits));
  const violations = [
    ...weak.map(({ name, bits }) => ({
      section,
      what: bits === 0 ? `takes ${name}, which is not known` : `takes ${name} of ${bits} bits`,
    })),
    ...facts.primeBits
      .filter((bits) => bits < primeBits)
      .map((bits) => ({ section, what: `uses a Diffie-Hellman prime of ${bits} bits` })),
  ];
  const shown = { groups: groups.map(({ name }) => name), primeBits: facts.primeBits.map(String) };
  if (groups.length === 0 && facts.primeBits.length === 0 && facts.complete) {
    return {
      violations,
      unseen: [],
      facts: shown,
      notApplicable: 'it accepts no ephemeral key exchange; the check of suites judges that.',
    };
  }
  return { violations, unseen: facts.complete ? [] : [CUT_SHORT], facts: shown };
}

function judgeCertificate(seen: Seen, profile: Profile): Finding {
  const { facts, chains } = seen;
  const { section } = profile.certificate;
  const client = judgeClientCertificate(seen, profile);
  const [first, ...others] = chains;
  // One that could not be read may be anything.
  const unread = facts.chains.length > chains.length ? ['a certificate could not be read'] : [];
  if (first === undefined) {
    const names = acceptedSuites(facts);
    const isNameless = facts.complete && names.every((code) => !showsCertificate(SUITES.get(code)));
    const violations = isNameless ? [{ section, what: 'shows no certificate: whoever is in the middle can answer for it' }] : [];
    const unseen = isNameless ? [] : ['the certificate could not be seen or read'];
    return { violations: [...violations, ...client.violations], unseen: [...unseen, ...client.unseen], facts: client.facts };
  }
  const findings = [...chains.map((chain) => judgeChain(chain, seen.at, profile)), client];
  const [leaf] = first.certificates;
  return {
    violations: unique(findings.flatMap(({ violations }) => violations)),
    unseen: [...new Set([...findings.flatMap(({ unseen }) => unseen), ...unread])],
    facts: {
      subject: leaf.subject,
      issuer: leaf.issuer,
      names: first.names,
      validFrom: new Date(leaf.validFrom).toISOString(),
      validTo: new Date(leaf.validTo).toISOString(),
      daysLeft: Math.floor((leaf.validTo - seen.at) / DAY),
      key: `${leaf.keyType} ${leaf.keyBits}`,
      signature: leaf.signature,
      chain: first.certificates.length,
      trust: first.trust,
      name: first.name,
      ...(others.length === 0 ? {} : { others: others.map(({ certificates: [other] }) => keyAndEnd(other)) }),
      ...client.facts,
    },
  };
}

function keyAndEnd({ keyType, keyBits, validTo }: CertificateFacts): string {
  return `${keyType} ${keyBits}, valid to ${new Date(validTo).toISOString()}`;
}

function judgeChain(chain: ChainFacts, at: number, profile: Profile): Pick<Finding, 'violations' | 'unseen'> {
  const { section } = profile.certificate;
  const name = judgeName(chain, profile);
  return {
    violations: [
      ...chain.certificates.flatMap((each, index) => violationsOfCertificate(each, index === 0, at, profile.certificate)),
      ...(chain.trust === 'untrusted'
        ? [{ section, what: 'shows a certificate that leads to none of the authorities given' }]
        : []),
      ...name.violations,
    ],
    unseen: [
      ...(chain.trust === 'unknown' ? ['no known authority stands behind its certificate: name yours with --ca'] : []),
      ...name.unseen,
    ],
  };
}

/** Chains may share an issuer, and what is wrong with it. */
function unique(violations: readonly Violation[]): Violation[] {
  return [...new Map(violations.map((each) => [each.what, each])).values()];
}

/** TLS 1.3 has no suite without authentication, but for a key shared beforehand, which we do not have. */
function showsCertificate(suite: CipherSuite | undefined): boolean {
  return suite !== undefined && !['none', 'PSK', 'SRP'].includes(suite.authentication);
}

function judgeName(chain: ChainFacts, { certificate }: Profile): Pick<Finding, 'violations' | 'unseen'> {
  if (certificate.name === 'noted' || chain.name === 'matches') return { violations: [], unseen: [] };
  if (chain.name === 'differs') {
    return {
      violations: [{ section: certificate.nameSection ?? certificate.section, what: 'shows a certificate for another name' }],
      unseen: [],
    };
  }
  return { violations: [], unseen: ['its certificate does not hold the address: say with --server-name what clients call it'] };
}

function judgeClientCertificate({ facts }: Seen, { certificate }: Profile): Finding {
  const shown = { clientCertificate: facts.clientCertificate };
  const isNeeded = certificate.clientCertificate === 'required';
  if (!isNeeded || facts.clientCertificate === 'demanded') return { violations: [], unseen: [], facts: shown };
  if (facts.clientCertificate === 'unknown') {
    return { violations: [], unseen: ['whether it demands a client certificate could not be seen'], facts: shown };
  }
  return {
    violations: [{ section: certificate.section, what: 'lets clients in without a certificate' }],
    unseen: [],
    facts: shown,
  };
}

function violationsOfCertificate(
  certificate: CertificateFacts,
  isLeaf: boolean,
  at: number,
  { section, rsaBits, ecBits, forbiddenHashes, maxDays }: Profile['certificate'],
): Violation[] {
  const { keyType, keyBits, validFrom, validTo, signature } = certificate;
  const whose = isLeaf ? 'its certificate' : `the issuer ${certificate.subject}`;
  const whats: string[] = [];
  if (at > validTo) whats.push(`${whose} ended on ${new Date(validTo).toISOString().slice(0, 10)}`);
  if (at < validFrom) whats.push(`${whose} is not valid before ${new Date(validFrom).toISOString().slice(0, 10)}`);
  const least = ['rsa', 'rsa-pss', 'dsa'].includes(keyType) ? rsaBits : ecBits;
  if (keyBits < least) whats.push(`${whose} has a ${keyType} key of ${keyBits} bits, fewer than ${least}`);
  // What a root says of itself proves nothing, whatever hash it is signed with.
  const hash = forbiddenHashes.find((each) => signature.toLowerCase().replace('-', '').includes(each));
  if (hash !== undefined && (isLeaf || !certificate.isSelfIssued)) whats.push(`${whose} is signed with ${signature}`);
  const days = Math.round((validTo - validFrom) / DAY);
  if (isLeaf && maxDays !== undefined && days > maxDays) whats.push(`${whose} is valid for ${days} days, more than ${maxDays}`);
  return whats.map((what) => ({ section, what }));
}

function judgeExtensions({ facts }: Seen, { extensions }: Profile): Finding {
  const { section } = extensions;
  const seen = facts.extensions;
  const shown = { ...seen };
  const asked = [...extensions.required, ...extensions.forbidden];
  if (asked.every((name) => seen[name] === null)) {
    const isNew = facts.versions['TLSv1.3'] === 'accepted' && facts.complete;
    return isNew
      ? {
          violations: [],
          unseen: [],
          facts: shown,
          notApplicable: 'it accepts TLS 1.3 only, which has these protections built in.',
        }
      : { violations: [], unseen: ['no handshake showed its extensions'], facts: shown };
  }
  return {
    violations: [
      ...extensions.required
        .filter((name) => seen[name] === false)
        .map((name) => ({ section, what: `does not answer ${EXTENSION_NAMES[name]}` })),
      ...extensions.forbidden
        .filter((name) => seen[name] === true)
        .map((name) => ({ section: extensions.sections[name] ?? section, what: `takes ${EXTENSION_NAMES[name]}` })),
    ],
    unseen: facts.complete ? [] : [CUT_SHORT],
    facts: shown,
  };
}

const EXTENSION_NAMES = {
  renegotiationInfo: 'renegotiation_info',
  extendedMasterSecret: 'extended_master_secret',
  truncatedHmac: 'truncated_hmac',
  compression: 'TLS compression',
} as const;
