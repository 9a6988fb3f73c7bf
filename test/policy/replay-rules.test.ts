import { describe, expect, it } from 'vitest';
import { createRulesReplay, type Judgement } from '../../src/policy/replay-rules.ts';

const cause = { flow: 'lab', reason: 'content.category', category: 'ssn' } as const;
const clean: Judgement = { verdict: 'clean', causes: [], rules: new Set() };
const flagged: Judgement = { verdict: 'flagged', causes: [cause], rules: new Set(['hipaa.ssn']) };

function replayed(...pairs: readonly (readonly [before: Judgement, after: Judgement])[]) {
  const sum = createRulesReplay();
  for (const [before, after] of pairs) sum.add(before, after);
  return sum.result();
}

describe('what changed rules would make of messages', () => {
  it('is nothing where both judge alike', () => {
    expect(replayed([clean, clean], [flagged, flagged])).toEqual({
      messages: 2,
      newlyFlagged: 0,
      noLongerFlagged: 0,
      incidents: [],
      rules: [],
    });
  });

  it('counts messages that one flags and the other does not, each incident and each rule', () => {
    const what = 'lab: content.category ssn';
    expect(replayed([clean, flagged], [clean, flagged], [flagged, clean])).toEqual({
      messages: 3,
      newlyFlagged: 2,
      noLongerFlagged: 1,
      incidents: [{ what, more: 2, fewer: 1 }],
      rules: [{ what: 'hipaa.ssn', more: 2, fewer: 1 }],
    });
  });

  it('counts no incident for what an overlay accepts, and names one of no category by its reason', () => {
    const accepted = { entries: ['st-anna/no-ssn'], until: 1, note: '' };
    const after: Judgement = { ...clean, verdict: 'permitted', causes: [{ ...cause, accepted }], rules: flagged.rules };
    const lapsed: Judgement = { ...flagged, causes: [{ flow: 'lab', reason: 'flow.expired', category: null }] };
    expect(replayed([flagged, after], [flagged, lapsed])).toMatchObject({
      noLongerFlagged: 1,
      incidents: [
        { what: 'lab: content.category ssn', more: 0, fewer: 2 },
        { what: 'lab: flow.expired', more: 1, fewer: 0 },
      ],
      rules: [],
    });
  });

  it('lists the largest difference first', () => {
    const other: Judgement = { ...flagged, rules: new Set(['hipaa.fax']) };
    const both: Judgement = { ...flagged, rules: new Set(['hipaa.ssn', 'hipaa.fax']) };
    expect(replayed([both, other], [flagged, other]).rules.map(({ what }) => what)).toEqual(['hipaa.ssn', 'hipaa.fax']);
  });
});
