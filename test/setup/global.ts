import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { provisionTool, searchPath, TOOLS } from './tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what files of one run share; it goes with the run. */
    readonly shared: string;
  }
}

/** Before any test: the clients that tests drive from outside exist, or the run ends with what to install. */
export default function setup(project: TestProject): () => void {
  for (const tool of TOOLS) provisionTool(tool, searchPath());
  const shared = mkdtempSync(join(tmpdir(), 'cordon-run-'));
  project.provide('shared', shared);
  return () => rmSync(shared, { recursive: true, force: true });
}
