import { writeFileSync } from 'node:fs';
import { locationJsonSchema } from '../src/policy/location.ts';

/** Writes rules/locations.schema.json anew from the schema in the source. Then format it: biome check --write rules. */
writeFileSync(new URL('../rules/locations.schema.json', import.meta.url), `${JSON.stringify(locationJsonSchema(), null, 2)}\n`);
