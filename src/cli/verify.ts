import { Command, Option } from 'commander';
import { systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import type { Address } from '../encryption/transit/exchange.ts';
import { loadProfiles } from '../encryption/transit/profiles.ts';
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
}

function transitCommand(): Command {
  return new Command('transit')
    .description(
      'Asks endpoints which TLS versions, cipher suites, groups and extensions they accept and which certificate they show, and judges ' +
        'that by RFC 9325, NIST SP 800-52r2, DICOM PS3.15 B.12 and B.13, and IHE ITI-19. Connections are made one after another, 25 a ' +
        'second at most and 300 in all for an endpoint; no message is sent. Ask only what is yours to ask.',
    )
    .argument('<endpoint...>', 'HOST:PORT, an IPv6 address as [::1]:2762')
    .addOption(new Option('--format <format>', 'how to print').choices([...VERIFY_FORMATS]).default('table'))
    .option(
      '--server-name <name>',
      'what clients call the server: sent as SNI, and looked for in its certificate (default: HOST)',
    )
    .option('--ca <file>', 'PEM file of the authorities that are trusted (default: the public ones)')
    .addHelpText(
      'after',
      '\nExit code: 0 when nothing failed, 1 when something did, 2 on bad use. What cannot be reached is unknown.',
    )
    .action(async (endpoints: string[], { format, serverName, ca }: TransitFlags) => {
      const addresses = endpoints.map(addressOf);
      const anchors = ca === undefined ? null : readAuthorities(ca);
      const verifier = createTransitVerifier({
        profiles: loadProfiles(readRuleFiles(TRANSIT_PROFILES, 'transit profiles')),
        anchors,
        clock: systemClock,
      });
      const { signal } = new AbortController();
      for (const address of addresses) {
        const rows = await verifier.check({ ...address, serverName: serverName ?? null }, signal);
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
