import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import * as ts from 'typescript';
import { Machine } from './machine';

const SOURCES = resolve(__dirname, '../../../../src/runtime/webhooks');

/** Modules that a `Machine` is made of. */
const ROOTS = ['bodies', 'claims', 'inbox', 'receive', 'redrive', 'stream', 'sweep'];

/** One change to the source of the inbox. */
export interface Mutation { readonly file: string; readonly from: string; readonly to: string }

/** Loads the inbox anew from its sources, with one change; throws if the source does not have what is to change exactly once. */
export function mutantOf({ file, from, to }: Mutation): Machine {
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  return Object.assign({}, ...ROOTS.map((name) => load(join(SOURCES, name)))) as Machine;

  function load(path: string): Record<string, unknown> {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} as Record<string, unknown> };
    loaded.set(path, module);
    const source = readFileSync(`${path}.ts`, 'utf8');
    const { outputText } = ts.transpileModule(path === join(SOURCES, file) ? mutate(source) : source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const outside = createRequire(`${path}.ts`);
    const require = (wanted: string): unknown => wanted.startsWith('.') ? load(join(dirname(path), wanted)) : outside(wanted);
    new Function('require', 'module', 'exports', outputText)(require, module, module.exports);
    return module.exports;
  }

  function mutate(source: string): string {
    const parts = source.split(from);
    if (parts.length !== 2) throw new Error(`${file}.ts has '${from}' ${parts.length - 1} times`);
    return parts.join(to);
  }
}
