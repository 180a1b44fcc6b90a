import type { Scenario } from './graph';

type Raw = Readonly<Record<string, unknown>>;

/** More atoms than this are not combined; each is tried alone. */
const MAX_COMBINED_ATOMS = 4;

/** Conditions of a template, decided by the truth of their atoms: comparisons that only deployment can decide. */
export class Conditions {
  /** The scenarios worth checking: every combination of few atoms; with many, all true, all false, and each one against the rest. */
  public static scenariosOf(declared: Raw): Scenario[] {
    const atoms = new Set<string>();
    for (const condition of Object.values(declared)) collectAtoms(condition, atoms, 0);
    const names = [...atoms].sort();
    if (names.length <= MAX_COMBINED_ATOMS) {
      return Array.from({ length: 2 ** names.length }, (_, bits) => new Map(names.map((name, i) => [name, Math.floor(bits / 2 ** i) % 2 === 0])));
    }
    const uniform = (truth: boolean) => new Map(names.map((name) => [name, truth]));
    return [uniform(true), uniform(false), ...names.flatMap((name) => [true, false].map((truth) => uniform(!truth).set(name, truth)))];
  }

  constructor(private readonly declared: Raw, private readonly scenario: Scenario) {}

  /** Truth of a named condition; one that is not declared or refers to itself is true, so that what it guards is checked. */
  public isTrue(name: string, visited: readonly string[] = []): boolean {
    if (visited.includes(name) || !Object.prototype.hasOwnProperty.call(this.declared, name)) return true;
    return this.evaluate(this.declared[name], [...visited, name]);
  }

  private evaluate(raw: unknown, visited: readonly string[]): boolean {
    const [name, argument] = soleEntry(raw);
    const items = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Condition': return this.isTrue(String(argument), visited);
      case 'Fn::Not': return !this.evaluate(items[0], visited);
      case 'Fn::And': return items.every((item) => this.evaluate(item, visited));
      case 'Fn::Or': return items.some((item) => this.evaluate(item, visited));
      case 'Fn::Equals': return literalEquality(items) ?? this.scenario.get(atomOf(raw)) ?? true;
      default: return this.scenario.get(atomOf(raw)) ?? true;
    }
  }
}

function collectAtoms(raw: unknown, atoms: Set<string>, depth: number): void {
  if (depth > 32) return;
  const [name, argument] = soleEntry(raw);
  if (name === 'Condition') return;
  if (name === 'Fn::Not' || name === 'Fn::And' || name === 'Fn::Or') {
    for (const item of Array.isArray(argument) ? argument : []) collectAtoms(item, atoms, depth + 1);
  } else if (name !== 'Fn::Equals' || literalEquality(Array.isArray(argument) ? argument : []) === undefined) {
    atoms.add(atomOf(raw));
  }
}

/** Truth of a comparison of two literals; undefined when either is decided at deployment. */
function literalEquality(items: readonly unknown[]): boolean | undefined {
  return items.length === 2 && items.every((item) => typeof item !== 'object') ? String(items[0]) === String(items[1]) : undefined;
}

function soleEntry(raw: unknown): [string, unknown] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return ['', raw];
  const entries = Object.entries(raw);
  return entries.length === 1 ? entries[0] : ['', raw];
}

function atomOf(raw: unknown): string {
  return JSON.stringify(raw) ?? 'undefined';
}
