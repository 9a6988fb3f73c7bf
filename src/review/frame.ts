import type { ReviewDeps } from './deps.ts';
import type { Frame } from './layout.ts';
import type { Session } from './session.ts';

/** What goes around a page for this reader. A page spreads it where it has a search, a period or files of its own to add. */
export async function frameOf(deps: Pick<ReviewDeps, 'incidents' | 'version'>, session: Session): Promise<Frame> {
  return { session, version: deps.version, open: await deps.incidents.count(['open']) };
}
