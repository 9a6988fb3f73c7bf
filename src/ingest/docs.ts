import { createHash } from 'node:crypto';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { html, raw } from 'hono/html';

const STYLE = `
:root { color-scheme: light dark; --line: #8885; --dim: #767676; --accent: #2f6fed; }
body { margin: 0 auto; max-width: 960px; padding: 24px 16px 64px; font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 20px; } h2 { font-size: 15px; margin: 32px 0 4px; padding-top: 16px; border-top: 1px solid var(--line); }
code, pre { font: 13px/1.5 ui-monospace, monospace; } pre { padding: 8px 12px; border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; } th { text-align: left; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.method { color: var(--accent); text-transform: uppercase; font-weight: 600; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** A table of what has a name, a type or media type, and a description. */
function table(heads: readonly [string, string, string], rows: readonly (readonly [string, string, string])[]) {
  if (rows.length === 0) return '';
  const cells = rows.map(([name, kind, text]) => html`<tr><td><code>${name}</code></td><td>${kind}</td><td>${text}</td></tr>`);
  return html`<table><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr>${cells}</table>`;
}

type PathItem = NonNullable<Document['paths']>[string];
type Operation = NonNullable<PathItem['get']>;

function operation(
  method: string,
  path: string,
  { summary, description, parameters, requestBody, responses, security }: Operation,
) {
  const inputs = (parameters ?? []).map((parameter) =>
    'in' in parameter
      ? ([parameter.name, parameter.in, parameter.description ?? describe(parameter.schema)] as const)
      : (['', '', ''] as const),
  );
  const bodies = requestBody !== undefined && 'content' in requestBody ? Object.keys(requestBody.content) : [];
  const answers = Object.entries(responses ?? {}).map(([status, response]) => {
    const types =
      typeof response === 'object' && response !== null && 'content' in response ? Object.keys(response.content ?? {}) : [];
    return [status, types.join(', '), String(response.description ?? '')] as const;
  });
  return html`<h2 id="${method}${path}"><span class="method">${method}</span> <code>${path}</code></h2>
    <p><strong>${summary ?? ''}</strong> ${description ?? ''}</p>
    ${security === undefined ? '' : html`<p>Needs a key.</p>`}
    ${bodies.length === 0 ? '' : html`<p>Body: ${bodies.join(', ')}</p>`}
    ${table(['Parameter', 'In', 'Meaning'], inputs)} ${table(['Status', 'Body', 'Meaning'], answers)}`;
}

function describe(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return '';
  if ('description' in schema && typeof schema.description === 'string') return schema.description;
  return 'enum' in schema && Array.isArray(schema.enum) ? `one of ${schema.enum.join(', ')}` : '';
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI document as a page that needs no script. */
export function docsPage(document: Document) {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const described = item[method];
      return described === undefined ? [] : [operation(method, path, described)];
    }),
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => html`<h2 id="schema-${name}"><code>${name}</code></h2><pre>${JSON.stringify(schema, null, 2)}</pre>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${document.info.title}</title>
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        <h1>${document.info.title} ${document.info.version}</h1>
        <p>${document.info.description ?? ''} As a document for tools: <a href="/openapi.json">/openapi.json</a>.</p>
        ${operations} ${schemas}
      </body>
    </html>`;
}

/** Serves `/openapi.json` and `/docs` for everything that is mounted on `app`; call it last. */
export function serveDocs(app: OpenAPIHono, version: string): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'basic', {
    type: 'http',
    scheme: 'basic',
    description: 'Any user name; the key as password.',
  });
  // Made when it is first asked for: it takes as long as everything else that a start does with HTTP, and few starts are asked.
  let made: Document | undefined;
  const document = (): Document => {
    made ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Cordon', version, description: 'Hand over copies of clinical messages, and read what was found in them.' },
    });
    return made;
  };
  app.get('/openapi.json', (c) => c.json(document()));
  app.get('/docs', async (c) => c.html(await docsPage(document()), 200, { 'Content-Security-Policy': CONTENT_SECURITY_POLICY }));
}
