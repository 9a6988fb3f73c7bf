import { expect } from 'vitest';
import { portOf, type RunningAgent } from './agent.ts';

/** Somebody who signed in at the desk of a running agent, without a browser. */
export interface AgentReader {
  /** The page of a path, which has to be there. */
  page(path: string): Promise<string>;
  /** Sends a form as a page of the desk does; follows nothing. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
}

/** Signs in with the link that the agent printed, which is good once. */
export async function signInAt(agent: RunningAgent): Promise<AgentReader> {
  const origin = `http://127.0.0.1:${portOf(agent, 'http')}`;
  const form = (fields: Readonly<Record<string, string>>, cookie = ''): RequestInit => ({
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin, Cookie: cookie },
    body: new URLSearchParams(fields),
  });
  const answer = await fetch(
    `${origin}/sign-in`,
    form({ link: agent.signIn ?? expect.fail('the agent printed no link'), actor: 'dana' }),
  );
  const cookie = (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
  const page = async (path: string): Promise<string> => {
    const shown = await fetch(`${origin}${path}`, { headers: { Cookie: cookie } });
    expect(shown.status, path).toBe(200);
    return shown.text();
  };
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page('/incidents'))?.[1] ?? '';
  return { page, post: (path, fields) => fetch(`${origin}${path}`, form({ csrf, ...fields }, cookie)) };
}

/** What a reader of markup reads, on one line. */
export function textOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',');
}

/** From a mark, which has to be there, to the end of its section. */
export function sectionAt(page: string, mark: string): string {
  const at = page.indexOf(mark);
  expect(at, mark).toBeGreaterThan(-1);
  return page.slice(at, page.indexOf('</section>', at));
}
