import { provisionTool, searchPath, TOOLS } from './tools.ts';

/** Before any test: the clients that tests drive from outside exist, or the run ends with what to install. */
export default function setup(): void {
  for (const tool of TOOLS) provisionTool(tool, searchPath());
}
