import { describe, expect, it, test } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { INCIDENT_STATES, type IncidentState } from '../../src/policy/decision.ts';
import type { Acceptance } from '../../src/policy/suppression.ts';
import {
  canTransition,
  changesOf,
  checkTransition,
  LONGEST_ACCEPTANCE,
  onNewFact,
  type Picture,
  type Standing,
  type Until,
} from '../../src/policy/transitions.ts';

const AT = Date.UTC(2026, 10, 24);
const DAY = 24 * 60 * 60 * 1000;

const ALLOWED: Record<IncidentState, IncidentState[]> = {
  open: ['acknowledged', 'escalated', 'resolved', 'false-positive', 'accepted-risk'],
  acknowledged: ['open', 'escalated', 'resolved', 'false-positive', 'accepted-risk'],
  escalated: ['open', 'acknowledged', 'resolved', 'false-positive', 'accepted-risk'],
  resolved: ['open'],
  'false-positive': ['open'],
  'accepted-risk': ['open', 'resolved', 'false-positive'],
};

describe('canTransition', () => {
  for (const from of INCIDENT_STATES) {
    it(`${from} goes to ${ALLOWED[from].join(', ')} and nowhere else`, () => {
      expect(INCIDENT_STATES.filter((to) => canTransition(from, to))).toEqual(
        INCIDENT_STATES.filter((to) => ALLOWED[from].includes(to)),
      );
    });
  }
});

function codeOf(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof CordonError ? error.code : 'other';
  }
}

describe('checkTransition', () => {
  test.each<[string, IncidentState, IncidentState, string, Until, string | null]>([
    ['acknowledge needs nothing', 'open', 'acknowledged', '', null, null],
    ['resolve needs nothing', 'open', 'resolved', '', null, null],
    ['a resolved one is not acknowledged', 'resolved', 'acknowledged', '', null, 'ledger.conflict'],
    ['not to itself', 'open', 'open', '', null, 'ledger.conflict'],
    ['false positive with a note', 'open', 'false-positive', 'a test patient', null, null],
    ['false positive without a note', 'open', 'false-positive', '  ', null, 'usage'],
    ['accepted risk, complete', 'open', 'accepted-risk', 'vendor fixes it in June', AT + 30 * DAY, null],
    ['accepted risk without a note', 'open', 'accepted-risk', '', AT + 30 * DAY, 'usage'],
    ['accepted risk without an end', 'open', 'accepted-risk', 'because', null, 'usage'],
    ['accepted risk that ends now', 'open', 'accepted-risk', 'because', AT, 'usage'],
    ['accepted risk that ended', 'open', 'accepted-risk', 'because', AT - DAY, 'usage'],
    ['accepted risk of a year', 'open', 'accepted-risk', 'because', AT + LONGEST_ACCEPTANCE, null],
    ['accepted risk of more', 'open', 'accepted-risk', 'because', AT + LONGEST_ACCEPTANCE + 1, 'usage'],
    ['accepted risk until no number', 'open', 'accepted-risk', 'because', Number.NaN, 'usage'],
    ['accepted risk until it changes', 'open', 'accepted-risk', 'because', 'change', null],
    ['a change that means nothing', 'open', 'resolved', '', 'change', 'usage'],
    ['escalated to somebody', 'acknowledged', 'escalated', 'to the vendor manager', null, null],
    ['escalated to nobody knows whom', 'open', 'escalated', ' ', null, 'usage'],
    ['an end that means nothing', 'open', 'resolved', '', AT + DAY, 'usage'],
  ])('%s', (_, from, to, note, until, code) => {
    expect(codeOf(() => checkTransition(from, { to, note, until, at: AT }))).toBe(code);
  });
});

const PICTURE: Picture = { categories: ['name'], destinations: ['CLOUD'], transit: 'proven' };

describe('onNewFact', () => {
  test.each<[IncidentState, number | null, IncidentState, boolean]>([
    ['open', null, 'open', false],
    ['acknowledged', null, 'acknowledged', false],
    ['escalated', null, 'escalated', false],
    ['resolved', null, 'open', true],
    ['false-positive', null, 'false-positive', false],
    ['accepted-risk', AT + 1, 'accepted-risk', false],
    ['accepted-risk', AT, 'open', true],
    ['accepted-risk', AT - 1, 'open', true],
    ['accepted-risk', null, 'accepted-risk', false],
  ])('%s until %s becomes %s', (state, until, next, reopened) => {
    const absorbed = onNewFact({ state, until, accepted: PICTURE }, PICTURE, AT);
    expect(absorbed).toMatchObject({ state: next, until: reopened ? null : until, reopened });
  });

  test.each<[string, Partial<Picture>, string]>([
    ['a category more', { categories: ['name', 'ssn'] }, 'more than was accepted: new category ssn'],
    ['another destination', { destinations: ['CLOUD', 'ARCHIVE'] }, 'more than was accepted: new destination ARCHIVE'],
    ['clear text', { transit: 'failed' }, 'more than was accepted: encryption lost'],
    ['a proof that lapsed', { transit: 'unknown' }, 'more than was accepted: encryption lost'],
    [
      'everything at once',
      { categories: ['name', 'mrn'], destinations: ['X'], transit: null },
      'more than was accepted: new category mrn; new destination X; encryption lost',
    ],
  ])('opens an accepted risk again for %s, whatever its end', (_, change, why) => {
    for (const until of [null, AT + DAY]) {
      const standing = { state: 'accepted-risk', until, accepted: PICTURE } as const;
      expect(onNewFact(standing, { ...PICTURE, ...change }, AT)).toMatchObject({
        state: 'open',
        until: null,
        reopened: true,
        why,
      });
    }
  });

  it('lets pass what is less, or was accepted as bad', () => {
    const bad: Picture = { categories: ['name', 'ssn'], destinations: ['CLOUD'], transit: 'failed' };
    expect(changesOf(bad, { ...PICTURE, transit: 'failed' })).toEqual([]);
    expect(changesOf(bad, bad)).toEqual([]);
    expect(changesOf({ ...bad, transit: null }, { ...bad, transit: 'unknown' })).toEqual([]);
    expect(changesOf({ ...bad, transit: null }, bad)).toEqual(['encryption lost']);
  });

  const ENTRY: Acceptance = { entries: ['st-anna/no-fax'], until: AT + 9 * DAY, note: 'ticket 4711' };

  test.each<[IncidentState, Partial<Standing>, boolean]>([
    ['open', {}, false],
    ['escalated', {}, false],
    ['false-positive', {}, false],
    ['resolved', {}, true],
    ['accepted-risk', { until: AT }, true],
    ['accepted-risk', { until: AT + DAY }, false],
    ['accepted-risk', { until: null }, false],
    ['accepted-risk', { until: AT + DAY, accepted: { ...PICTURE, entries: ['st-anna/no-fax'] } }, true],
    ['accepted-risk', { until: AT + 20 * DAY, accepted: { ...PICTURE, entries: ['st-anna/no-fax'] } }, false],
  ])('%s with %o is accepted by an overlay: %s', (state, over, accepted) => {
    const standing: Standing = { state, until: null, accepted: PICTURE, ...over };
    const worse: Picture = { ...PICTURE, categories: ['ssn'] };
    const after = accepted ? { state: 'accepted-risk', until: ENTRY.until, why: ENTRY.note } : { state, until: standing.until };
    expect(onNewFact(standing, worse, AT, ENTRY)).toMatchObject({ ...after, accepted, reopened: false });
  });

  it('opens what an overlay accepted for a fact that it does not suppress', () => {
    const standing: Standing = { state: 'accepted-risk', until: AT + DAY, accepted: { ...PICTURE, entries: ['st-anna/no-fax'] } };
    const why = 'not all of it is what st-anna/no-fax suppresses';
    expect(onNewFact(standing, PICTURE, AT)).toMatchObject({ state: 'open', until: null, reopened: true, why });
  });

  it('does not let a risk stand that nothing bounds', () => {
    const standing = { state: 'accepted-risk', until: null, accepted: null } as const;
    expect(onNewFact(standing, PICTURE, AT)).toMatchObject({ state: 'open', reopened: true });
  });
});
