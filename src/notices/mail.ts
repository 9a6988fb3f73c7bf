import { createTransport } from 'nodemailer';
import { reasonOf } from '../core/errors.ts';
import { type Channel, DeliveryError } from './channel.ts';
import { textOf } from './text.ts';

export interface MailOptions {
  /** `smtp://USER:PASSWORD@HOST:PORT`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** Whether `smtp://` has to become TLS (STARTTLS, RFC 3207) before anything is said. */
  readonly startTls: 'required' | 'off';
  /** PEM of the authorities that the server is trusted by; null: the public ones. */
  readonly ca: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly desk: string | null;
}

/** How long a server may take for each step, milliseconds. */
const PATIENCE = 15_000;

/** Sends each notice as a mail of plain text. The same notice has the same Message-ID, so that a mailbox can tell one that came twice. */
export function createMail({ url, startTls, ca, from, to, desk }: MailOptions): Channel {
  const { hostname, port, username, password, protocol } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const transport = createTransport({
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && startTls === 'required',
    ignoreTLS: !secure && startTls === 'off',
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    tls: { minVersion: 'TLSv1.2', ...(ca === null ? {} : { ca }) },
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    // Nothing of ours is read from disk or network to be attached.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
  return {
    name: 'mail',
    async send(notice) {
      const { subject, body } = textOf(notice, desk);
      try {
        await transport.sendMail({
          from,
          to: [...to],
          subject,
          text: body,
          messageId: `<${notice.id}@${domain}>`,
          // No auto-reply may come back (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw new DeliveryError(failureOf(error), false);
      }
    },
    close: () => transport.close(),
  };
}

/** The code and the status of what went wrong; a server's own words may repeat what it was sent. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return reasonOf(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'ESMTP';
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? ` ${error.responseCode}` : '';
  if (code === 'ETLS') return 'the server offers no TLS (STARTTLS), and notices.mailStartTls requires it (ETLS)';
  return status === '' ? `no mail was sent (${code})` : `the server refused it (${code}${status})`;
}
