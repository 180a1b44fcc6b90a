import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import type * as policy from '../../../src/runtime/webhooks/outbound/address-policy';
import type * as urls from '../../../src/runtime/webhooks/outbound/endpoint-url';
import type * as connector from '../../../src/runtime/webhooks/outbound/guarded-connector';

/** The modules that keep webhooks from internal targets. */
export type Guard = typeof policy & typeof urls & typeof connector;

/** One change to the source of the guard. */
export interface Mutation { readonly file: string; readonly from: string; readonly to: string }

const SOURCES = resolve(__dirname, '../../../src/runtime/webhooks/outbound');
const EXPORTING = ['address-policy', 'endpoint-url', 'guarded-connector'];
const INTERNAL = ['special-ranges'];

/** Loads the guard from its sources, with changes; throws if a source does not have what is to change exactly once. */
export function guardWith(...mutations: readonly Mutation[]): Guard {
  return Object.assign({}, ...EXPORTING.map(load)) as Guard;

  function load(name: string): Record<string, unknown> {
    const file = join(SOURCES, `${name}.ts`);
    const source = mutations.filter((mutation) => mutation.file === name).reduce(mutate, readFileSync(file, 'utf8'));
    const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    const module = { exports: {} as Record<string, unknown> };
    const outside = createRequire(file);
    const require = (path: string): unknown => INTERNAL.includes(path.slice('./'.length)) ? load(path.slice('./'.length)) : outside(path);
    new Function('require', 'module', 'exports', outputText)(require, module, module.exports);
    return module.exports;
  }
}

function mutate(source: string, { file, from, to }: Mutation): string {
  const parts = source.split(from);
  if (parts.length !== 2) throw new Error(`${file}.ts has '${from}' ${parts.length - 1} times`);
  return parts.join(to);
}
