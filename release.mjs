// Cuts a release up to the step that needs the registry: `npm run release -- 0.2.0 --repository=https://…`. Refuses where something is missing,
// and leaves the tree as it was where a check fails. The steps, in order: the tree is clean, the changelog has the version, `package.json` has the
// repository's address, `.ci/run` passes, the packed package installs and loads; then a commit, a tag, and what is left to do.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

const VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const ADDRESS = /^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+$/;

const option = (name) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const version = process.argv[2] ?? '';
/** What has to pass. Another command is for trying this script. */
const check = option('check') ?? '.ci/run';

function refuse(reason) {
  console.error(`No release: ${reason}`);
  process.exit(1);
}

function run(command, args, options = {}) {
  console.log(`$ ${[command, ...args].join(' ')}`);
  return execFileSync(command, args, { stdio: 'inherit', ...options });
}

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** The address of the repository: as package.json has it, as given, or as asked for. */
async function repository({ repository: known }) {
  if (known !== undefined) return known.url.replace(/^git\+|\.git$/g, '');
  const given = option('repository');
  if (given !== undefined || !process.stdin.isTTY) return given ?? '';
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question('The address of the repository, https://host/owner/name: ');
  lines.close();
  return answer.trim();
}

/** Installs the packed package in a folder of its own, and loads it in both ways. */
function tryOut(tarball) {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    run('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: folder });
    const installed = JSON.parse(
      readFileSync(join(folder, 'node_modules/expect-gradients/package.json'), 'utf8'),
    );
    if (installed.version !== version) throw new Error(`it is version ${installed.version}`);
    const program = `const report = checkGradients({ parameters: [3], loss: ([x]) => x * x, gradients: ([x]) => [2 * x] });
      if (report.verdict !== 'correct') process.exit(1);`;
    run('node', ['-e', `const { checkGradients } = require('expect-gradients');${program}`], { cwd: folder });
    run(
      'node',
      ['--input-type=module', '-e', `import { checkGradients } from 'expect-gradients';${program}`],
      { cwd: folder },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!VERSION.test(version)) refuse('the first argument must be the version, such as 0.2.0.');
if (git('status', '--porcelain') !== '') refuse('the tree has changes that are not committed.');
if (git('tag', '--list', `v${version}`) !== '') refuse(`there is a tag v${version}.`);
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const heading = `## ${version}, not released yet\n`;
if (!changelog.includes(heading)) refuse(`CHANGELOG.md has no section "${heading.trim()}".`);
const before = readFileSync('package.json', 'utf8');
const address = await repository(JSON.parse(before));
if (!ADDRESS.test(address))
  refuse('the address of the repository is needed: --repository=https://host/owner/name.');

const tarballs = mkdtempSync(join(tmpdir(), 'packed-'));
try {
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync('CHANGELOG.md', changelog.replace(heading, `## ${version}, ${today}\n`));
  run('npm', [
    'pkg',
    'set',
    `repository.type=git`,
    `repository.url=git+${address}.git`,
    `homepage=${address}#readme`,
    `bugs.url=${address}/issues`,
  ]);
  run('npm', ['version', version, '--no-git-tag-version', '--allow-same-version']);
  run('bash', ['-c', check]);
  run('npm', ['pack', '--pack-destination', tarballs]);
  const [tarball] = readdirSync(tarballs);
  tryOut(join(tarballs, tarball));
  console.log(`${tarball}: ${Math.round(statSync(join(tarballs, tarball)).size / 1000)} kB`);
} catch (error) {
  git('checkout', '--', '.');
  refuse(`${error.message}. The tree is as it was.`);
} finally {
  rmSync(tarballs, { recursive: true, force: true });
}
git('commit', '--all', '--message', `Release ${version}`);
git('tag', '--annotate', `v${version}`, '--message', `Version ${version}`);
console.log(`\nv${version} is committed and tagged. What is left needs the registry:

  git push --follow-tags    and .github/workflows/publish.yml publishes it with provenance,
  npm publish               or you do, without.

To take it back before that: git tag --delete v${version} && git reset --hard HEAD~1`);
