import type { ReviewDeps } from './deps.ts';

/** A flow that a list can be narrowed to: a policy's id, or the key of a flow nobody registered. */
export interface FlowChoice {
  readonly id: string;
  readonly source: string;
  readonly destination: string;
}

/** Observed flows as incidents and devices name them: by policy where there is one. The first observed of a policy stands for it. */
export async function flowChoices({ flows }: Pick<ReviewDeps, 'flows'>): Promise<FlowChoice[]> {
  const choices = new Map<string, FlowChoice>();
  for (const { key, policy, source, destination } of await flows.list()) {
    const id = policy ?? key;
    if (!choices.has(id)) choices.set(id, { id, source, destination });
  }
  return [...choices.values()].sort((a, b) => a.source.localeCompare(b.source) || a.destination.localeCompare(b.destination));
}
