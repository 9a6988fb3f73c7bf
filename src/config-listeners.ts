import type { Config } from './config.ts';

/** A listener of MLLP or DICOM to start; certificates are paths of PEM files. */
export interface ListenerConfig {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsFiles | null;
}

export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  /** Given, every client needs a certificate of these authorities. */
  readonly ca: string | null;
}

/** Every MLLP listener: the plain one, the TLS one where it has a certificate, the named ones. */
export function mllpListeners(config: Config): readonly ListenerConfig[] {
  const { host, mllp, mllpTls, listeners } = config;
  const secure = tlsFiles(mllpTls);
  return [
    { name: 'mllp', host, port: mllp.port, tls: null },
    ...(secure === null ? [] : [{ name: 'mllp-tls', host, port: mllpTls.port, tls: secure }]),
    ...listeners.map((listener) => ({
      name: listener.name,
      host: listener.host ?? host,
      port: listener.port,
      tls: tlsFiles(listener),
    })),
  ];
}

/** Every DICOM listener: the plain one, and the TLS one where it has a certificate. */
export function dimseListeners({ host, dimse, dimseTls }: Config): readonly ListenerConfig[] {
  const secure = tlsFiles(dimseTls);
  return [
    { name: 'dimse', host, port: dimse.port, tls: null },
    ...(secure === null ? [] : [{ name: 'dimse-tls', host, port: dimseTls.port, tls: secure }]),
  ];
}

/** Every listener but HTTP. */
export function socketListeners(config: Config): readonly ListenerConfig[] {
  return [...mllpListeners(config), ...dimseListeners(config)];
}

/** The TLS files of a listener (`config.http`, `config.mllpTls`, a named one); null where it speaks clear text. */
export function tlsFiles(tls: {
  certificate?: string | undefined;
  key?: string | undefined;
  ca?: string | undefined;
}): TlsFiles | null {
  if (tls.certificate === undefined || tls.key === undefined) return null;
  return { certificate: tls.certificate, key: tls.key, ca: tls.ca ?? null };
}

/** What browsers show of the desk, where that is configured (`http.publicUrl`). */
export function publicOrigin({ http: { publicUrl } }: Pick<Config, 'http'>): string | null {
  return publicUrl === undefined ? null : new URL(publicUrl).origin;
}
