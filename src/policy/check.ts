import { type Locations, NO_LOCATIONS } from './location.ts';
import { canOverlap, compareRanks, type Item, isImplied } from './match-item.ts';
import type { Register } from './register.ts';
import { agreementLack, standing } from './standing.ts';

/** What `flows check` says of a register whose policies are well-formed one by one. */
export interface RegisterProblem {
  readonly level: 'error' | 'warning';
  readonly flow: string;
  readonly message: string;
}

/**
 * Errors: two policies that match the same message equally well (a tie), a match that nothing can satisfy, a policy or an agreement
 * that is not valid any more, an agreement that is missing. Warnings: an exception that is over, a place that nobody described, a requirement that
 * nothing can prove.
 * `now` in milliseconds since the epoch.
 */
export function checkRegister(register: Register, now: number, locations: Locations = NO_LOCATIONS): RegisterProblem[] {
  return [
    ...findTies(register),
    ...findUnsatisfiable(register),
    ...findLapsed(register, now),
    ...findUndescribed(register, locations),
  ];
}

const nameOf = (item: Item): string => `flow "${item.policy}" match.${item.index}`;

/** Pairs of items of two policies, equally specific, that one message can match both, and that no more specific item takes from them. */
function findTies({ items }: Register): RegisterProblem[] {
  const problems: RegisterProblem[] = [];
  items.forEach((a, i) => {
    for (const b of items.slice(i + 1)) {
      if (a.policy === b.policy || compareRanks(a.rank, b.rank) !== 0 || !canOverlap(a, b)) continue;
      if (items.some((other) => compareRanks(other.rank, a.rank) > 0 && isImplied(other, a, b))) continue;
      problems.push({
        level: 'error',
        flow: a.policy,
        message: `match.${a.index} is as specific as ${nameOf(b)}, and one message can match both: add a key to one of them`,
      });
    }
  });
  return problems;
}

function findUnsatisfiable({ items }: Register): RegisterProblem[] {
  const cannot = (flow: string, message: string): RegisterProblem => ({ level: 'error', flow, message });
  return items.flatMap((item) => {
    if (item.contradictory)
      return [cannot(item.policy, `match.${item.index}: source and header Cordon-Source differ: nothing can match`)];
    const hl7 = [...item.names.keys()].find((kind) => kind.startsWith('MSH-'));
    if (hl7 !== undefined && (item.names.has('called') || item.names.has('calling') || item.listener?.startsWith('dimse'))) {
      return [
        cannot(item.policy, `match.${item.index}: ${hl7} is of HL7 v2, AE titles and dimse are of DICOM: nothing can match both`),
      ];
    }
    return [];
  });
}

function findLapsed({ flows }: Register, now: number): RegisterProblem[] {
  const problems: RegisterProblem[] = [];
  for (const [flow, compiled] of flows) {
    const { policy } = compiled;
    const say = (level: 'error' | 'warning', message: string): void => {
      problems.push({ level, flow, message });
    };
    if (standing(compiled, now) === 'flow.expired') say('error', `expired on ${policy.expires}: review it and write a new day`);
    if (policy.status === 'suspended') continue;
    const { agreement } = policy.basis;
    const lack = agreementLack(compiled, now);
    if (lack === 'agreement.expired') say('error', `basis.agreement expired on ${agreement.expires}`);
    if (lack === 'agreement.missing') {
      say(
        'error',
        `basis.agreement: kind "${agreement.kind}" is not what ${policy.destination.entity} with dataset ${policy.basis.dataset} needs`,
      );
    }
    policy.exceptions.forEach((exception, i) => {
      if (now >= (compiled.exceptions[i]?.until ?? 0)) say('warning', `exceptions.${i} ended on ${exception.expires}: remove it`);
    });
  }
  return problems;
}

/** Places that policies name and nobody described, and requirements that would stay unproven whatever is asked. */
function findUndescribed({ policies }: Register, locations: Locations): RegisterProblem[] {
  return policies.flatMap(({ id, destination, require, status }) => {
    if (status === 'suspended') return [];
    const say = (message: string): RegisterProblem => ({ level: 'warning', flow: id, message });
    const { location: name, endpoint } = destination;
    const problems: RegisterProblem[] = [];
    const location = name === undefined ? undefined : locations.get(name);
    if (name !== undefined && location === undefined)
      problems.push(say(`destination.location "${name}" is not described: describe it under rules/locations (CORDON_LOCATIONS)`));
    if (require.rest !== undefined && name === undefined)
      problems.push(say('require.rest can not be proven: name the place as destination.location'));
    if (require.rest !== undefined && location?.verify.length === 0)
      problems.push(say(`require.rest can not be proven: location "${name}" names nothing to verify`));
    if ((require.transit !== undefined || require.mtls) && endpoint === undefined)
      problems.push(say('require.transit can not be proven: name the endpoint of the real leg as destination.endpoint'));
    return problems;
  });
}
