import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import { Machine } from './machine';

const SOURCES = resolve(__dirname, '../../../../src/runtime/secrets');

/** Modules that a `Machine` is made of. */
const ROOTS = ['api-key', 'rotator', 'secret-store', 'sftp-password', 'stored-bearer-key', 'stored-credential', 'webhook-secret'];

/** One change to the source of the machine. */
export interface Mutation { readonly file: string; readonly from: string; readonly to: string }

/** Loads the machine anew from its sources, with one change; throws if the source does not have what is to change exactly once. */
export function mutantOf({ file, from, to }: Mutation): Machine {
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  const outside = createRequire(join(SOURCES, 'rotator.ts'));
  return Object.assign({}, ...ROOTS.map(load)) as Machine;

  function load(name: string): Record<string, unknown> {
    const known = loaded.get(name);
    if (known) return known.exports;
    const module = { exports: {} as Record<string, unknown> };
    loaded.set(name, module);
    const source = readFileSync(join(SOURCES, `${name}.ts`), 'utf8');
    const { outputText } = ts.transpileModule(name === file ? mutate(source) : source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const require = (path: string): unknown => path.startsWith('./') ? load(path.slice(2)) : outside(path);
    new Function('require', 'module', 'exports', outputText)(require, module, module.exports);
    return module.exports;
  }

  function mutate(source: string): string {
    const parts = source.split(from);
    if (parts.length !== 2) throw new Error(`${file}.ts has '${from}' ${parts.length - 1} times`);
    return parts.join(to);
  }
}
