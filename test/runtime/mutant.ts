import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import * as ts from 'typescript';

const RUNTIME = resolve(__dirname, '../../src/runtime');

/** One change to a source. */
export interface Mutation { readonly file: string; readonly from: string; readonly to: string }

/**
 * Loads modules of a folder of the runtime anew, with what they import of ours, and with changes; throws if a source does not have what is to
 * change exactly once.
 */
export function loadMutant<M>(folder: string, roots: readonly string[], ...mutations: readonly Mutation[]): M {
  const sources = join(RUNTIME, folder);
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  return Object.assign({}, ...roots.map((name) => load(join(sources, name)))) as M;

  function load(path: string): Record<string, unknown> {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} as Record<string, unknown> };
    loaded.set(path, module);
    const source = mutations.filter(({ file }) => path === join(sources, file)).reduce(mutate, readFileSync(`${path}.ts`, 'utf8'));
    const outside = createRequire(`${path}.ts`);
    const require = (wanted: string): unknown => wanted.startsWith('.') ? load(join(dirname(path), wanted)) : outside(wanted);
    new Function('require', 'module', 'exports', compiled(source))(require, module, module.exports);
    return module.exports;
  }
}

/** Compiled sources by what they were; of a mutant all but one are what they were in the last. */
const COMPILED = new Map<string, string>();

function compiled(source: string): string {
  const known = COMPILED.get(source);
  if (known !== undefined) return known;
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  COMPILED.set(source, outputText);
  return outputText;
}

function mutate(source: string, { file, from, to }: Mutation): string {
  const parts = source.split(from);
  if (parts.length !== 2) throw new Error(`${file}.ts has '${from}' ${parts.length - 1} times`);
  return parts.join(to);
}
