import { z } from 'zod';
import { ConfigSchema } from './config.ts';
import { type KeyMeta, keyMeta } from './config-values.ts';

/** One key of the configuration, as the file, the environment and the reference page name it. */
export interface ConfigKey extends KeyMeta {
  readonly path: readonly string[];
  /** `http.port` */
  readonly name: string;
  /** `CORDON_HTTP_PORT`, `REDIS_URL` */
  readonly variable: string;
  /** The default as it would be written; null where there is none. */
  readonly fallback: unknown;
  /** The values of a choice. */
  readonly values: readonly string[];
}

/** Every key, in the order of the schema. */
export const CONFIG_KEYS: readonly ConfigKey[] = keysOf(ConfigSchema, []);

function keysOf(schema: z.ZodObject, path: readonly string[]): ConfigKey[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const here = [...path, name];
    const { inner, fallback } = unwrap(field);
    const meta = keyMeta.get(inner);
    if (meta === undefined) {
      if (inner instanceof z.ZodObject) return keysOf(inner, here);
      throw new Error(`config key ${here.join('.')} has no metadata`);
    }
    const values = inner instanceof z.ZodEnum ? inner.options.map(String) : [];
    return [{ ...meta, path: here, name: here.join('.'), variable: meta.variable ?? variableOf(here), fallback, values }];
  });
}

/** What is inside of `.default()`, `.prefault()` and `.optional()`, and the default on the way. */
function unwrap(field: unknown): { inner: z.ZodType; fallback: unknown } {
  let inner = field;
  let fallback: unknown = null;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodOptional) {
    if (!(inner instanceof z.ZodOptional)) fallback = inner.def.defaultValue;
    inner = inner.def.innerType;
  }
  if (!(inner instanceof z.ZodType)) throw new Error('a config key is no schema');
  return { inner, fallback };
}

/** `['mllpTls', 'port']` → `CORDON_MLLP_TLS_PORT`, `['dimse', 'calledAEs']` → `CORDON_DIMSE_CALLED_AES` */
function variableOf(path: readonly string[]): string {
  return `CORDON_${path.map((part) => part.replace(/(?<=[a-z])[A-Z]/g, '_$&').toUpperCase()).join('_')}`;
}
