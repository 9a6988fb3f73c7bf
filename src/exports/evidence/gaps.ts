import { knownUntil, type PackFacts } from './facts.ts';
import { isHop, type Numbers, silentDays } from './numbers.ts';

/** What a report does not show, said plainly. */
export interface Gap {
  readonly title: string;
  readonly text: string;
}

/** Pure. Those that there are, the gravest first; the last two are there always: no software knows what it was not told. */
export function gapsOf(facts: PackFacts, numbers: Numbers): Gap[] {
  const { about } = facts;
  const of = (name: string): number => numbers[name] ?? 0;
  const gaps: Gap[] = [];
  const add = (count: number, title: string, text: string): void => {
    if (count > 0) gaps.push({ title: `${title}: ${count.toLocaleString('en-US')}`, text });
  };
  if (about.made < about.to) {
    gaps.push({
      title: 'The period is not over',
      text: `This pack was made at ${shortTime(about.made)}. Of what came after that it says nothing.`,
    });
  }
  const silent = silentDays(facts);
  const some = silent.length > 12 ? [...silent.slice(0, 6), '…', ...silent.slice(-3)] : silent;
  add(
    silent.length,
    'Days on which nothing was received',
    `Nobody can tell from here whether nothing was sent, or nothing arrived: ${some.join(', ')}.`,
  );
  add(
    of('messages pending'),
    'Messages that wait for their scan',
    'They were received and kept. What is in them is not known yet.',
  );
  add(
    of('messages given up'),
    'Messages that could not be scanned',
    'Three attempts failed. Each is part of an incident until somebody looks at it.',
  );
  add(
    of('messages examined in part'),
    'Messages of which some bytes were not examined',
    `${(of('bytes') - of('bytes examined')).toLocaleString('en-US')} bytes, pixel data of images included: text burnt into an image is not read.`,
  );
  add(
    of('flows without a policy'),
    'Flows that nobody registered',
    'What they may carry was never decided, so every identifier on them counts as not permitted.',
  );
  add(
    of('incidents not closed'),
    'Incidents that nobody closed',
    'They stand in the list of incidents with the state they were in when this pack was made.',
  );
  gaps.push(...encryptionGaps(facts));
  add(
    facts.gone,
    'Entries of the audit log whose time is over',
    'What they said was dropped by retention. Their leaves are here and prove that none was taken out of the order.',
  );
  if (of('reviews') === 0) {
    gaps.push({ title: 'No signed review of this period', text: 'Nobody has put their name to having looked at it.' });
  }
  gaps.push({
    title: 'What was not sent to Cordon',
    text: 'Cordon sees copies that engines and archives send it. A flow without a copy is not in this report, and neither is what a system sends around its engine.',
  });
  gaps.push({
    title: 'What a copy does not show',
    text: 'That a copy arrived does not prove that the original did, nor over which connection. Only a check marked "proven" says how a hop or a place is encrypted; "claimed" is what somebody states.',
  });
  return gaps;
}

function encryptionGaps({ about, standing }: PackFacts): Gap[] {
  const gaps: Gap[] = [];
  for (const [kind, hop] of [
    ['Hops', true],
    ['Places', false],
  ] as const) {
    for (const [outcome, what] of [
      ['unknown', 'whose encryption is not known'],
      ['claimed', 'whose encryption is only claimed'],
    ] as const) {
      const targets = new Set(
        standing.filter((one) => isHop(one.target) === hop && one.outcome === outcome).map(({ target }) => target),
      );
      if (targets.size === 0) continue;
      const named = [...targets].slice(0, 5).join(', ');
      const more = targets.size > 5 ? ` and ${targets.size - 5} more` : '';
      gaps.push({
        title: `${kind} ${what} in at least one check: ${targets.size}`,
        text: `${named}${more}. Unknown is never taken for encrypted.`,
      });
    }
  }
  if (standing.length === 0) {
    gaps.push({
      title: 'No encryption was checked',
      text: `Nothing was known of any hop or place at ${shortTime(knownUntil(about))}: name targets for verify, or policies with hosts.`,
    });
  }
  return gaps;
}

function shortTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
