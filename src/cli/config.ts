import { Command } from 'commander';
import { CONFIG_KEYS } from '../config-keys.ts';
import { type LoadedConfig, parseConfig } from '../config-read.ts';
import { configOf, readText } from './load-config.ts';

/** `config show` and `config check FILE`. */
export function configCommand(): Command {
  const command = new Command('config').description('Shows or checks the configuration.');
  command
    .command('show')
    .description('print the configuration in force and where each value comes from')
    .action((_options: unknown, self: Command) => {
      for (const line of showConfig(configOf(self))) console.log(line);
    });
  command
    .command('check')
    .description('check a configuration file, without the environment')
    .argument('<file>')
    .action((file: string) => {
      parseConfig({ file: { name: file, text: readText(file) }, env: {} });
      console.log(`${file}: ok`);
    });
  return command;
}

/**
 * One line a key: its name, its value as it was written, and `default`, the file or the variable that it comes from. Of a URL that
 * may hold a password only that it is there; certificates, private keys and the keyring are paths.
 */
export function showConfig(loaded: LoadedConfig): readonly string[] {
  const rows = CONFIG_KEYS.map((key) => {
    const origin = loaded.origins.get(key.name) ?? 'default';
    const from = { default: 'default', file: loaded.file ?? 'file', env: key.variable }[origin];
    const value = loaded.written.get(key.name) ?? null;
    return {
      name: key.name,
      value: value === null ? '-' : key.secret === true ? '(hidden)' : shown(value),
      from,
    };
  });
  const nameWidth = Math.max(...rows.map((row) => row.name.length));
  const valueWidth = Math.max(...rows.map((row) => row.value.length));
  return rows.map((row) => `${row.name.padEnd(nameWidth)}  ${row.value.padEnd(valueWidth)}  ${row.from}`);
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
