import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONFIG_KEYS, type ConfigKey } from '../src/config-keys.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Files that are made from the configuration's schema, by their path in the clone. A test compares them with what is there. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/configuration.md': configurationPage,
  'cordon.example.yaml': exampleFile,
};

const EXAMPLES: Readonly<Record<string, string>> = {
  keyring: '/etc/cordon/keyring.json',
  kmsKey: 'alias/cordon',
  'http.publicUrl': 'https://cordon.hospital.example',
  certificate: '/etc/cordon/cordon.pem',
  key: '/etc/cordon/cordon.key',
  ca: '/etc/cordon/clients.pem',
  'database.url': 'postgres://cordon@127.0.0.1:5432/cordon',
  'database.urlFile': '/etc/cordon/database-url',
  'redis.url': 'redis://127.0.0.1:6379/0',
  'redis.urlFile': '/etc/cordon/redis-url',
  'oidc.issuer': 'https://login.hospital.example/realms/staff',
  'oidc.clientId': 'cordon',
  'oidc.clientSecret': '"…"',
  'oidc.clientSecretFile': '/etc/cordon/oidc-secret',
  'oidc.roles': '[{ value: cordon-officers, role: officer }]',
  'notices.webhookUrl': 'https://hooks.hospital.example/cordon',
  'notices.webhookSecretFile': '/etc/cordon/webhook-secret',
  'notices.mailUrl': 'smtp://cordon@mail.hospital.example:587',
  'notices.mailUrlFile': '/etc/cordon/mail-url',
  'notices.mailCa': '/etc/cordon/mail-ca.pem',
  'notices.mailFrom': 'cordon@hospital.example',
  'notices.mailTo': '[privacy@hospital.example]',
  threads: '1',
};

/** docs/configuration.md */
function configurationPage(): string {
  const rows = CONFIG_KEYS.map(
    (key) => `| \`${key.name}\` | \`${key.variable}\` | ${typeOf(key)} | ${defaultOf(key)} | ${key.about} |`,
  );
  return `# Configuration

<!-- Made by scripts/generate-docs.ts from src/config.ts. Edit that, then run: node scripts/generate-docs.ts -->

Every key has a default that serves one machine. A key is given in \`cordon.yaml\` of the working folder (or the file of \`--config\`), or
as an environment variable, which wins. \`cordon config show\` prints what is in force and where each value comes from;
\`cordon config check FILE\` checks a file. An unknown key is an error that names the nearest known one.

| type | how it is written |
|---|---|
| size | a number with its unit: \`512KiB\`, \`64MiB\`, \`2GiB\` (\`B\`, \`KiB\`, \`MiB\`, \`GiB\`, \`TiB\`) |
| duration | ISO 8601 of days and smaller: \`PT30S\`, \`PT4H\`, \`P30D\` |
| path | in the file: from the file's own folder; in the environment: from the working folder |
| port | 0 picks a free one; the start line says which |
| list | YAML; in the environment too: \`CORDON_SOURCES='[{address: 10.20.0.0/16, nack: AR}]'\` |

| key | environment | type | default | what it is |
|---|---|---|---|---|
${rows.join('\n')}

No key holds a secret, but a URL may hold a password: \`config show\` hides it, nothing prints it, and it has a file form. Certificates,
private keys and the keyring are paths.
`;
}

/** cordon.example.yaml: every key with its default, all commented out. */
function exampleFile(): string {
  const lines = [
    '# Every key of Cordon with its default. Copy it to cordon.yaml and take the # away from what you change.',
    '# docs/configuration.md says more.',
    '',
  ];
  let section = '';
  for (const key of CONFIG_KEYS) {
    const [first = '', second] = key.path;
    if (second !== undefined && first !== section) lines.push(`# ${first}:`);
    section = first;
    const indent = second === undefined ? '' : '  ';
    lines.push(`# ${indent}${second ?? first}: ${exampleOf(key)}  # ${key.about}`);
  }
  return `${lines.join('\n')}\n`;
}

function typeOf({ kind, values }: ConfigKey): string {
  return kind === 'choice' ? values.map((value) => `\`${value}\``).join(' ') : kind;
}

function defaultOf(key: ConfigKey): string {
  if (key.shown !== undefined) return key.shown;
  return key.fallback === null ? '' : `\`${written(key.fallback)}\``;
}

function exampleOf(key: ConfigKey): string {
  const installed = relativeToRoot(key.fallback);
  if (installed !== null) return installed;
  // Where the default depends on the machine, or is none: something that could stand there.
  const own = EXAMPLES[key.name];
  if (own !== undefined) return own;
  return key.fallback === null || key.shown !== undefined ? (EXAMPLES[key.path.at(-1) ?? ''] ?? '') : written(key.fallback);
}

function written(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A default within the installation, as it reads in any clone; null for another. */
function relativeToRoot(value: unknown): string | null {
  return typeof value === 'string' && value.startsWith(`${ROOT}/`) ? value.slice(ROOT.length + 1) : null;
}

// Not import.meta.main: run.mjs imports the entry where Node is recent enough, and a check that then did nothing would pass.
if (process.argv[1] === import.meta.filename) {
  for (const [path, make] of Object.entries(GENERATED)) writeFileSync(join(ROOT, path), make());
}
