import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Hono } from 'hono';

const FOLDER = new URL('./static/', import.meta.url);
const require = createRequire(import.meta.url);

/** The parts of a folder in the order of their names, as one text: a page that is added brings a file of its own. */
function joined(folder: string): string {
  const at = new URL(`${folder}/`, FOLDER);
  return readdirSync(at)
    .toSorted()
    .map((name) => readFileSync(new URL(name, at), 'utf8'))
    .join('\n');
}

const SOURCES = {
  'cordon.css': { type: 'text/css; charset=utf-8', read: () => joined('css') },
  'cordon.js': { type: 'text/javascript; charset=utf-8', read: () => joined('js') },
  'cordon.svg': { type: 'image/svg+xml', read: () => readFileSync(new URL('cordon.svg', FOLDER), 'utf8') },
  'uplot.css': { type: 'text/css; charset=utf-8', read: () => readFileSync(require.resolve('uplot/dist/uPlot.min.css'), 'utf8') },
  'uplot.js': {
    type: 'text/javascript; charset=utf-8',
    read: () => readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8'),
  },
} as const;

export type AssetName = keyof typeof SOURCES;

interface Asset {
  readonly path: string;
  readonly etag: string;
  readonly type: string;
  readonly text: string;
}

/** Read once: the desk serves its few files from memory, under a name that changes with their content. */
function load(name: AssetName): Asset {
  const { type, read } = SOURCES[name];
  const text = read();
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  const [stem, extension] = name.split('.');
  return { path: `/static/${stem}.${digest}.${extension}`, etag: `"${digest}"`, type, text };
}

const ASSETS: Readonly<Record<AssetName, Asset>> = {
  'cordon.css': load('cordon.css'),
  'cordon.js': load('cordon.js'),
  'cordon.svg': load('cordon.svg'),
  'uplot.css': load('uplot.css'),
  'uplot.js': load('uplot.js'),
};
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
