import { readDocuments, type WrittenFile } from './documents.ts';
import { type FlowPolicy, FlowSchema, knownKeys } from './flow.ts';

/** Reads flow policies from YAML text: one policy a document. Throws `flows.invalid` with every error of every file, one a line. */
export function loadFlows(files: readonly WrittenFile[]): FlowPolicy[] {
  return readDocuments(files, { schema: FlowSchema, noun: 'flow', code: 'flows.invalid', knownKeys });
}
