import { CommanderError } from 'commander';
import { CordonError, type ErrorCode, isSystemError } from '../core/errors.ts';

const BAD_USE: ReadonlySet<ErrorCode> = new Set(['usage', 'config.invalid', 'flows.invalid', 'rules.invalid']);

/** 0 for help and version, 2 for bad use (arguments, configuration, packs, policies), 1 for everything else. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  return thrown instanceof CordonError && BAD_USE.has(thrown.code) ? 2 : 1;
}

/**
 * What the user reads of something thrown. An error that is not ours may quote what it failed on, and that may be a message: of
 * such a one only the kind and the place in the code are shown.
 */
export function describeFailure(thrown: unknown): readonly string[] {
  // commander has printed its own already.
  if (thrown instanceof CommanderError) return [];
  if (thrown instanceof CordonError) return thrown.message.split('\n').map((line) => `cordon: ${line}`);
  if (!(thrown instanceof Error)) return ['cordon: internal error: something was thrown that is no error'];
  if (isSystemError(thrown)) return [`cordon: ${thrown.message}`];
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`cordon: internal error (${thrown.name}), a defect of Cordon. Please report these lines:`, ...frames];
}
