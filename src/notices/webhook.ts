import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { CordonError, reasonOf } from '../core/errors.ts';
import { type Channel, DeliveryError } from './channel.ts';
import { payloadOf } from './text.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly key: KeyObject;
  /** Where the pages are; null where nobody said. */
  readonly desk: string | null;
  readonly clock: () => number;
}

/** How long a receiver may take, milliseconds. */
const PATIENCE = 15_000;

/**
 * The key of a secret as Standard Webhooks writes it: `whsec_` and base64 of 24 to 64 bytes (standardwebhooks.com, "Signature scheme").
 * Throws `config.invalid` that names `place`, never what is in it.
 */
export function webhookKey(secret: string, place: string): KeyObject {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret.trim())?.[1];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (bytes.length < 24 || bytes.length > 64) {
    throw new CordonError(
      'config.invalid',
      `${place}: is no webhook secret: write whsec_ and 24 to 64 random bytes in base64 (\`echo whsec_$(openssl rand -base64 32)\`)`,
    );
  }
  return createSecretKey(bytes);
}

/** The value of `webhook-signature`: HMAC-SHA-256 over id, seconds and body. */
export function signatureOf(key: KeyObject, id: string, seconds: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

/**
 * POSTs each notice as JSON, signed (Standard Webhooks 1.0.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`). 2xx: taken; 410: gone for good.
 * Redirects are not followed: nobody vouched for where they lead.
 */
export function createWebhook({ url, key, desk, clock }: WebhookOptions): Channel {
  return {
    name: 'webhook',
    async send(notice, signal) {
      const body = JSON.stringify(payloadOf(notice, desk));
      const seconds = Math.floor(clock() / 1000);
      const headers = {
        'Content-Type': 'application/json',
        'User-Agent': 'Cordon',
        'webhook-id': notice.id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(key, notice.id, seconds, body),
      };
      const patient = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
      let answer: Response;
      try {
        answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: patient });
      } catch (error) {
        throw new DeliveryError(`no answer: ${causeOf(error)}`, false);
      }
      await answer.body?.cancel();
      if (answer.ok) return;
      throw new DeliveryError(`the receiver answered ${answer.status}`, answer.status === 410);
    },
    close() {},
  };
}

/** `fetch failed` says nothing; what it was caused by does. */
function causeOf(error: unknown): string {
  return reasonOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}
