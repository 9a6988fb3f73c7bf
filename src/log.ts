import { type Logger, pino } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Facts of an event. Never a value of a message, never a body. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Writes one event: `log('info', 'listening', { listener: 'mllp', host, port })`. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: 'text' | 'json';
}

/** A log on standard output: JSON, one object a line (`{"event":"listening","listener":"mllp",…}`), or text for people. */
export function createLog({ level, format }: LogOptions): Log {
  const logger: Logger = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    format === 'json'
      ? pino.destination({ dest: 1, sync: true })
      : { write: (line: string) => process.stdout.write(textOf(line)) },
  );
  return (at, event, fields = {}) => logger[at](fields, event);
}

/** `10:15:00 info  listening  listener=mllp host=127.0.0.1 port=2575` */
function textOf(line: string): string {
  const { level, time, event, ...fields }: Record<string, unknown> = JSON.parse(line);
  const facts = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${[event, ...facts].join('  ')}\n`;
}
