import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';

const TYPES = {
  'cordon.css': 'text/css; charset=utf-8',
  'cordon.js': 'text/javascript; charset=utf-8',
  'cordon.svg': 'image/svg+xml',
} as const;

type AssetName = keyof typeof TYPES;

interface Asset {
  readonly path: string;
  readonly etag: string;
  readonly type: string;
  readonly text: string;
}

/** Read once: the desk serves its few files from memory, under a name that changes with their content. */
function load(name: AssetName): Asset {
  const text = readFileSync(new URL(`./static/${name}`, import.meta.url), 'utf8');
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  const [stem, extension] = name.split('.');
  return { path: `/static/${stem}.${digest}.${extension}`, etag: `"${digest}"`, type: TYPES[name], text };
}

const ASSETS = { 'cordon.css': load('cordon.css'), 'cordon.js': load('cordon.js'), 'cordon.svg': load('cordon.svg') } as const;
const BY_PATH = new Map<string, Asset>(Object.values(ASSETS).map((asset) => [asset.path, asset]));

/** Where a page finds a static file: `/static/cordon.<digest>.css`. */
export function assetPath(name: AssetName): string {
  return ASSETS[name].path;
}

/** Serves `/static/*`: no session, cached for ever, `304` for what the browser has. Passes on what it does not have. */
export function staticRoutes(): Hono {
  const app = new Hono();
  app.get('/static/*', (c, next) => {
    const asset = BY_PATH.get(c.req.path);
    if (asset === undefined) return next();
    const headers = { 'Cache-Control': 'public, max-age=31536000, immutable', ETag: asset.etag };
    if (c.req.header('If-None-Match') === asset.etag) return c.body(null, 304, headers);
    return c.body(asset.text, 200, { ...headers, 'Content-Type': asset.type });
  });
  return app;
}
