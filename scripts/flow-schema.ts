import { writeFileSync } from 'node:fs';
import { flowJsonSchema } from '../src/policy/flow.ts';

/** Writes rules/flows.schema.json anew from the schema in the source. Then format it: biome check --write rules. */
writeFileSync(new URL('../rules/flows.schema.json', import.meta.url), `${JSON.stringify(flowJsonSchema(), null, 2)}\n`);
