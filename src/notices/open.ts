import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { publicOrigin } from '../config-listeners.ts';
import { SmtpUrl } from '../config-notices.ts';
import type { Clock } from '../core/clock.ts';
import { CordonError, reasonOf } from '../core/errors.ts';
import { readAuthorities } from '../trust-anchors.ts';
import type { Channel } from './channel.ts';
import { createMail } from './mail.ts';
import { createWebhook, webhookKey } from './webhook.ts';

/** The channels that are configured; none by default. Throws `config.invalid` that names the file or the key, never what is in it. */
export function openChannels(config: Config, clock: Clock): readonly Channel[] {
  const { notices } = config;
  const desk = publicOrigin(config);
  const channels: Channel[] = [];
  const { webhookUrl, webhookSecretFile, mailFrom, mailTo, mailStartTls, mailCa } = notices;
  if (webhookUrl !== undefined && webhookSecretFile !== undefined) {
    const key = webhookKey(read(webhookSecretFile, 'notices.webhookSecretFile'), webhookSecretFile);
    channels.push(createWebhook({ url: webhookUrl, key, desk, clock }));
  }
  const url = notices.mailUrl ?? urlIn(notices.mailUrlFile);
  if (url !== null && mailFrom !== undefined) {
    const ca = mailCa === undefined ? null : readAuthorities(mailCa).certificates.join('');
    channels.push(createMail({ url, startTls: mailStartTls, ca, from: mailFrom, to: mailTo, desk }));
  }
  return channels;
}

function urlIn(file: string | undefined): string | null {
  if (file === undefined) return null;
  const parsed = SmtpUrl.safeParse(read(file, 'notices.mailUrlFile').trim());
  if (parsed.success) return parsed.data;
  throw new CordonError('config.invalid', `${file}: ${parsed.error.issues.map(({ message }) => message).join(', ')}`);
}

function read(path: string, key: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CordonError('config.invalid', `${key} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
