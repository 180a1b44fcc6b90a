import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as ts from 'typescript';

const ROOT = resolve(__dirname, '..', '..');

/** What compiled code finds beside itself: its dependencies, the bundles of handlers, the version. */
const BESIDE = ['node_modules', 'assets', 'package.json'];

/** Compiles the library and the benchmark into a directory, as the package is compiled, so that no process that measures does. */
export function compile(into: string): void {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')) as { config: { compilerOptions: object } };
  // One file at a time, nothing says of which kind its module is.
  const { options: compilerOptions } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, module: 'commonjs' }, ROOT);
  for (const folder of ['src', 'benchmarks']) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    for (const file of files) {
      const { outputText } = ts.transpileModule(readFileSync(join(ROOT, folder, file), 'utf8'), { compilerOptions, fileName: file });
      const target = join(into, folder, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, outputText);
    }
  }
  for (const name of BESIDE) symlinkSync(join(ROOT, name), join(into, name));
}
