import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { Command, Option } from 'commander';
import { systemClock } from '../core/clock.ts';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { Address } from '../encryption/transit/exchange.ts';
import type { ClientCertificate } from '../encryption/transit/handshake.ts';
import { loadProfiles } from '../encryption/transit/profiles.ts';
import { PROTOCOLS, protocolOfPort, type SpokenProtocol } from '../encryption/transit/protocols.ts';
import { createTransitVerifier } from '../encryption/transit/verifier.ts';
import { readRuleFiles, TRANSIT_PROFILES } from '../rule-files.ts';
import { readAuthorities } from '../trust-anchors.ts';
import { VERIFY_FORMATS, type VerifyFormat, writeEvidence } from './verify-output.ts';
import { restCommand } from './verify-rest.ts';

/** `verify transit HOST:PORT…`, `verify rest TARGET…`: evidence of encryption. Exit code 0, 1 where something failed, 2 on bad use. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('Proves or disproves that data is encrypted.')
    .addCommand(transitCommand())
    .addCommand(restCommand());
}

interface TransitFlags {
  readonly format: VerifyFormat;
  readonly serverName?: string;
  readonly ca?: string;
  readonly protocol?: SpokenProtocol | 'none';
  readonly clearPort?: number;
  readonly certificate?: string;
  readonly key?: string;
}

function transitCommand(): Command {
  return new Command('transit')
    .description(
      'Asks endpoints which TLS versions, cipher suites, groups and extensions they accept and which certificate they show, and judges ' +
        'that by RFC 9325, NIST SP 800-52r2, DICOM PS3.15 B.12 and B.13, and IHE ITI-19; then whether the protocol answers over TLS, and ' +
        'whether a plain port of the same host offers it too. Connections are made one after another, 25 a second at most and 300 in ' +
        'all for an endpoint. Ask only what is yours to ask.',
    )
    .argument('<endpoint...>', 'HOST:PORT, an IPv6 address as [::1]:2762')
    .addOption(new Option('--format <format>', 'how to print').choices([...VERIFY_FORMATS]).default('table'))
    .option(
      '--server-name <name>',
      'what clients call the server: sent as SNI, and looked for in its certificate (default: HOST)',
    )
    .option('--ca <file>', 'PEM file of the authorities that are trusted (default: the public ones)')
    .addOption(
      new Option(
        '--protocol <protocol>',
        'what to speak over TLS (default: by port 104, 2762, 11112 dicom; 2575, 2576 mllp; 443, 8443 http; none for any other)',
      ).choices([...PROTOCOLS, 'none']),
    )
    .option(
      '--clear-port <port>',
      'the plain port beside it (default: 104 and 11112 beside 2762, 2575 beside 2576, 80 beside 443, 8080 beside 8443)',
      portOf,
    )
    .option('--certificate <file>', 'PEM file of a client certificate to speak with, where the endpoint demands one')
    .option('--key <file>', 'PEM file of its key')
    .addHelpText(
      'after',
      '\nWhat is sent: dicom, an association with one C-ECHO; http, HEAD /; mllp, one message that holds an MSH alone (NMQ^N01, processing ' +
        'id D, from CORDON), which a receiver may log or refuse.' +
        '\nExit code: 0 when nothing failed, 1 when something did, 2 on bad use. What cannot be reached is unknown.',
    )
    .action(async (endpoints: string[], flags: TransitFlags) => {
      const { format, serverName, ca, protocol, clearPort } = flags;
      const addresses = endpoints.map(addressOf);
      const anchors = ca === undefined ? null : readAuthorities(ca);
      const verifier = createTransitVerifier({
        profiles: loadProfiles(readRuleFiles(TRANSIT_PROFILES, 'transit profiles')),
        anchors,
        clock: systemClock,
        client: clientOf(flags),
      });
      const { signal } = new AbortController();
      for (const address of addresses) {
        // Who names an MLLP port here is told by --help what is sent; the schedule sends no message that no policy asks for.
        const spoken = protocol ?? protocolOfPort(address.port);
        const target = {
          ...address,
          serverName: serverName ?? null,
          ...(spoken === null ? {} : { protocol: spoken }),
          ...(clearPort === undefined ? {} : { clearPort }),
        };
        const rows = await verifier.check(target, signal);
        writeEvidence(rows, format, (text) => process.stdout.write(text));
      }
    });
}

/** `pacs.example:2762`, `[::1]:2762` */
function addressOf(endpoint: string): Address {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s/]+)):(\d{1,5})$/.exec(endpoint) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  throw new CordonError('usage', `"${endpoint}" is no endpoint: give HOST:PORT, such as pacs.example:2762 or [::1]:2762`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new CordonError('usage', `--clear-port: "${text}" is no port: give a number from 1 to 65535`);
}

/** The certificate and key to show. Throws `usage` where one is missing or they do not make a pair. */
function clientOf({ certificate, key }: TransitFlags): ClientCertificate | null {
  if (certificate === undefined && key === undefined) return null;
  if (certificate === undefined || key === undefined) {
    throw new CordonError('usage', 'a client certificate needs both: --certificate FILE and --key FILE');
  }
  try {
    const client = { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
    createSecureContext(client);
    return client;
  } catch (error) {
    const reason = `${certificate} and ${key} are no certificate and its key in PEM: ${reasonOf(error)}`;
    throw new CordonError('usage', reason, { cause: error });
  }
}
