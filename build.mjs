// Builds dist/esm and dist/cjs: a file for each entry of the package, and two chunks of what they share, so that a runner reads few files and
// there is one copy of each module. What is declared is bundled once, for both. There are no source maps, as there is no source beside them.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The names of the entries' files in a format, as `exports` of package.json has them. */
function namesIn(format) {
  const files = JSON.stringify(exports).matchAll(new RegExp(`dist/${format}/([\\w-]+)\\.js`, 'g'));
  return [...new Set(Array.from(files, ([, name]) => name))];
}

/** The entries of a format, each with its module. */
function entriesOf(format) {
  const placesOf = (name) => [`./src/${name}.ts`, `./src/${name}/${name}.ts`, `./src/adapters/${name}.ts`];
  return Object.fromEntries(namesIn(format).map((name) => [name, placesOf(name).find(existsSync)]));
}
const entries = { esm: entriesOf('esm'), cjs: entriesOf('cjs') };

/** The room of a module under `src`, and its name. */
function placeOf(id) {
  const [, room, name] = /\/src\/(?:(.*)\/)?([\w-]+)(?:\.d)?\.ts$/.exec(id.replaceAll('\\', '/')) ?? [];
  return { room, name };
}

/** A module that has to be loaded before what its door imports. */
const ALONE = 'refuse-vitest';

/** Doors and the root stand by themselves; who adapts no library loads no adapter. The first group takes what the others need, too. */
const CHUNKS = [
  {
    name: 'checking',
    priority: 2,
    test: (id) => {
      const { room, name } = placeOf(id);
      const isEntry = name in entries.esm || name in entries.cjs;
      return room === undefined ? !isEntry : room !== 'adapters' && name !== ALONE;
    },
  },
  { name: ALONE, priority: 1, test: (id) => placeOf(id).name === ALONE },
  { name: 'adapting', priority: 1, test: (id) => placeOf(id).room === 'adapters' },
];

/** Each function and method on a line of its own: of an error that nobody catches Node shows the line that threw it. */
const inLines = (code) =>
  code.replaceAll(/(?<=[;}])(?=(?:async )?function\*? ?[\w$]+\(|class [\w$]+|(?:const|let) )/g, '\n');

/** Runners are the reader's. */
const external = /^[^./]/;
const shared = { minifyInternalExports: false, codeSplitting: { groups: CHUNKS } };

rmSync('dist', { recursive: true, force: true });
for (const format of ['esm', 'cjs'])
  await build({
    input: entries[format],
    external,
    experimental: { attachDebugInfo: 'none' },
    // What package.json says of side effects is said of `dist`.
    treeshake: { moduleSideEffects: (id) => id.includes(ALONE) || undefined },
    output: {
      ...shared,
      dir: `dist/${format}`,
      format,
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      comments: { jsdoc: false },
      minify: true,
    },
  });
for (const file of readdirSync('dist', { recursive: true }).filter((name) => name.endsWith('.js')))
  writeFileSync(`dist/${file}`, inLines(readFileSync(`dist/${file}`, 'utf8')));
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');

// The same types for who imports and who requires, so that each takes the other's.
await build({
  input: entries.esm,
  external,
  plugins: [dts({ dtsOnly: true, tsconfig: false, generator: 'oxc' })],
  output: { ...shared, dir: 'dist', entryFileNames: 'esm/[name].d.ts', chunkFileNames: 'cjs/[name].d.ts' },
});
for (const name of Object.keys(entries.esm)) {
  const text = readFileSync(`dist/esm/${name}.d.ts`, 'utf8');
  writeFileSync(`dist/cjs/${name}.d.ts`, text.replaceAll('"../cjs/', '"./'));
}
