import { dirname, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const ROOT = resolve(import.meta.dirname, '..');
const PROGRAM = 'src/cli/cordon.ts';

/**
 * What stays a package of its own beside the built code: packages that look for files next to theirs, or that others ask for by name
 * (dcmjs, whose log is silenced where dcmjs-dimse has it), and data.
 */
const APART = [/^dcmjs(-dimse)?$/, /^pdfmake(\/|$)/, /^bullmq$/, /^ioredis$/, /^elkjs(\/|$)/, /^oui-data$/, /^pg-native$/];

/** A thread's module, `new URL('./scan.ts', import.meta.url)`, and what else a module asks of its own place. */
const PLACE = /new URL\('(\.[^']*\.ts)', import\.meta\.url\)|\bimport\.meta\.(url|dirname)\b/g;

/**
 * Builds the program: its modules and packages in few files, each thread a file of its own, all in one folder, which has to lie
 * in the installation: rules, static files and what stays a package are read from where they are. A start of the agent loads a tenth of
 * the files then (docs/adr/0056-the-image-is-built.md).
 */
export async function build(folder: string): Promise<void> {
  const bundle = await rolldown({
    cwd: ROOT,
    input: { cordon: PROGRAM },
    platform: 'node',
    external: APART,
    plugins: [
      {
        name: 'places',
        transform(code, id) {
          if (!code.includes('import.meta.')) return null;
          const own = JSON.stringify(relative(folder, id));
          const parent = JSON.stringify(`/${relative(folder, dirname(id))}`);
          return code.replaceAll(PLACE, (_, thread: string | undefined, what: string) => {
            if (thread === undefined)
              return what === 'url' ? `new URL(${own}, import.meta.url).href` : `(import.meta.dirname + ${parent})`;
            const file = resolve(dirname(id), thread);
            const fileName = `${relative(ROOT, file).replaceAll('/', '-').slice(0, -'.ts'.length)}.mjs`;
            this.emitFile({ type: 'chunk', id: file, fileName });
            return `new URL('./${fileName}', import.meta.url)`;
          });
        },
      },
    ],
  });
  await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
    cleanDir: true,
  });
  await bundle.close();
}

if (process.argv[1] === import.meta.filename) await build(resolve(process.argv[2] ?? 'dist'));
