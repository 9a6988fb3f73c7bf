import { z } from 'zod';
import { choice, keyMeta, path, serviceUrl } from './config-values.ts';

const ADDRESS = 'must be a mail address, as cordon@hospital.example';
const address = z.string({ error: ADDRESS }).regex(/^[^\s@<>]+@[^\s@<>]+$/, ADDRESS);

const WEBHOOK = 'must be a URL that begins with https:// (http:// is for 127.0.0.1, [::1] and localhost alone)';

export const SmtpUrl = serviceUrl(
  ['smtp', 'smtps'],
  'CORDON_NOTICES_MAIL_URL',
  'Server that mails of notices go over, `smtp://USER:PASSWORD@HOST:587`; `smtps://` for TLS from the first byte.',
);

function isGuarded(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}

/** How people are told of what needs them (docs/notices.md). */
export const noticeKeys = z
  .strictObject({
    webhookUrl: z
      .string({ error: WEBHOOK })
      .refine(isGuarded, WEBHOOK)
      .register(keyMeta, {
        kind: 'url',
        about: 'Where notices are POSTed to, signed as Standard Webhooks has it.',
        secret: true,
      })
      .optional(),
    webhookSecretFile: path('File with the secret that signs them: `whsec_` and 24 to 64 bytes in base64.').optional(),
    mailUrl: SmtpUrl.optional(),
    mailUrlFile: path('File with that URL, read where it is not given.').optional(),
    mailStartTls: choice(['required', 'off'], 'Whether a server of `smtp://` has to speak TLS before anything is said.').default(
      'required',
    ),
    mailCa: path('PEM file with the authorities that the server is trusted by.', 'the public ones').optional(),
    mailFrom: address.register(keyMeta, { kind: 'text', about: 'Sender of the mails.' }).optional(),
    mailTo: z
      .array(address, { error: 'must be a list' })
      .register(keyMeta, { kind: 'list', about: 'Who is told by mail.' })
      .default([]),
  })
  .superRefine((keys, context) => {
    const needs = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message });
    if (keys.webhookUrl !== undefined && keys.webhookSecretFile === undefined)
      needs('webhookSecretFile', 'is needed with webhookUrl: a receiver must be able to tell who sent it');
    if ((keys.mailUrl ?? keys.mailUrlFile) === undefined) return;
    if (keys.mailFrom === undefined) needs('mailFrom', 'is needed with mailUrl');
    if (keys.mailTo.length === 0) needs('mailTo', 'is needed with mailUrl');
  })
  .prefault({});
