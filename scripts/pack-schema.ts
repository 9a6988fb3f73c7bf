import { writeFileSync } from 'node:fs';
import { packJsonSchema } from '../src/detect/pack.ts';

/** Writes rules/pack.schema.json anew from the schema in the source. Then format it: biome check --write rules. */
writeFileSync(new URL('../rules/pack.schema.json', import.meta.url), `${JSON.stringify(packJsonSchema(), null, 2)}\n`);
