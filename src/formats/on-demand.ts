import type { Coverage, Encapsulated, Identity, Leaves, Parsed, Routing } from '../core/format.ts';
import type { Problem } from '../core/vocabulary.ts';

/**
 * A message whose identity and routing are made when somebody asks: not every reader does, and they make strings. A class, because V8 gives each
 * object literal with accessors a hidden class of its own in the old generation, whose closures keep all of the message alive until the next full
 * collection: half of what a scan allocates was copied for nothing.
 */
export class ParsedOnDemand implements Parsed {
  readonly format: string;
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly leaves: Leaves;
  readonly coverage: Coverage;
  readonly problems: readonly Problem[];
  readonly documents: readonly Encapsulated[] | undefined;
  private readonly make: { identity(): Identity; routing(): Routing };
  private madeIdentity: Identity | null = null;
  private madeRouting: Routing | null = null;

  constructor(facts: Omit<Parsed, 'identity' | 'routing'>, make: { identity(): Identity; routing(): Routing }) {
    this.format = facts.format;
    this.type = facts.type;
    this.start = facts.start;
    this.end = facts.end;
    this.leaves = facts.leaves;
    this.coverage = facts.coverage;
    this.problems = facts.problems;
    this.documents = facts.documents;
    this.make = make;
  }

  get identity(): Identity {
    this.madeIdentity ??= this.make.identity();
    return this.madeIdentity;
  }

  get routing(): Routing {
    this.madeRouting ??= this.make.routing();
    return this.madeRouting;
  }
}
