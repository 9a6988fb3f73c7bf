import type { z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { KeyScope } from '../ledger/people/store.ts';
import { Refusal } from './api-schemas.ts';

/** What the routes of the API have in common. */

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scope: KeyScope;
}

export interface ApiEnv {
  Variables: { key: ApiKey };
}

/** Lets a request pass, or answers it. */
export type Guard = MiddlewareHandler<ApiEnv>;

/** By the scope that a key needs: to read, and to change something. */
export interface Guards {
  readonly reading: Guard;
  readonly reviewing: Guard;
}

/** An answer of this schema. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

export const refusals = {
  400: json(Refusal, 'Something asked for does not exist or is not allowed; the message says what is.'),
  401: json(Refusal, 'No key, or one that is not ours.'),
  403: json(Refusal, 'A key of another scope.'),
  503: json(Refusal, 'The ledger does not answer. Come again after Retry-After seconds.'),
};

export const security = [{ bearer: [] }];

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what was not given, so that an optional filter is absent and not `undefined`. */
export function given<T extends object>(query: T): Given<T>;
export function given(query: object): object {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
