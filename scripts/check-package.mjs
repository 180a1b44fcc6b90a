// Packs the package as npm would publish it, and fails on a file that must not be in it or one that is missing.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

const [{ files, size }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
const names = files.map((file) => file.path).filter((name) => !name.startsWith('node_modules/'));

const ALLOWED = [/^lib\/.+\.(js|d\.ts)$/, /^assets\/.+\/index\.js$/, /^assets\/THIRD-PARTY-LICENSES\.txt$/, /^src\/.+\/README\.md$/, /^(README|CHANGELOG|SECURITY)\.md$/, /^LICENSE$/, /^package\.json$/, /^\.jsii$/, /^tsconfig\.json$/];
const REQUIRED = ['lib/index.js', 'lib/index.d.ts', 'lib/cli/main.js', 'lib/runtime/webhooks/idempotent.js', '.jsii', 'README.md', 'LICENSE', 'assets/THIRD-PARTY-LICENSES.txt'];

const unexpected = names.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)) || name.endsWith('.lambda.js'));
const missing = [...REQUIRED, ...names.filter((name) => name.endsWith('.js')).flatMap(imported)].filter((name) => !names.includes(name));

// Files of the package that a file of it needs.
function imported(name) {
  if (!name.startsWith('lib/')) return [];
  const paths = [...readFileSync(name, 'utf8').matchAll(/require\("(\.{1,2}\/?[^"]*)"\)/g)].map(([, path]) => posix.join(posix.dirname(name), path));
  return paths.map((path) => [`${path}.js`, `${path}/index.js`].find((candidate) => names.includes(candidate)) ?? `${path}.js, which ${name} imports`);
}

console.log(`${names.length} files, ${(size / 1024).toFixed(0)} KiB packed`);
for (const name of unexpected) console.error(`unexpected: ${name}`);
for (const name of missing) console.error(`missing: ${name}`);
if (unexpected.length > 0 || missing.length > 0) process.exit(1);
