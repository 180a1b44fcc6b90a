import type { Scenario } from './graph';
import { TemplateError } from './template-error';

type Raw = Readonly<Record<string, unknown>>;

/** More atoms than this are not combined; each is tried alone. */
const MAX_COMBINED_ATOMS = 4;

/** A template has 200 parameters at most (CloudFormation User Guide, "CloudFormation quotas"); one that compares more than twice as often is refused. */
const MAX_ATOMS = 500;

/** A chain of conditions that is longer is not followed: what it guards is checked. */
const MAX_CHAIN = 256;

/** Conditions of a template, decided by the truth of their atoms: comparisons that only deployment can decide. */
export class Conditions {
  /** The scenarios worth checking: every combination of few atoms; with many, all true, all false, and each one against the rest. */
  public static scenariosOf(declared: Raw, template: string): Scenario[] {
    const atoms = new Set<string>();
    for (const condition of Object.values(declared)) collectAtoms(condition, atoms, 0);
    if (atoms.size > MAX_ATOMS) throw new TemplateError(`${template}: conditions make ${atoms.size} comparisons, more than ${MAX_ATOMS}`);
    const names = [...atoms].sort();
    if (names.length <= MAX_COMBINED_ATOMS) {
      return Array.from({ length: 2 ** names.length }, (_, bits) => new Map(names.map((name, i) => [name, Math.floor(bits / 2 ** i) % 2 === 0])));
    }
    const uniform = (truth: boolean) => new Map(names.map((name) => [name, truth]));
    return [uniform(true), uniform(false), ...names.flatMap((name) => [true, false].map((truth) => uniform(!truth).set(name, truth)))];
  }

  /** Truth of each condition that was asked for, since conditions that share others would have them decided again and again. */
  private readonly decided = new Map<string, boolean>();

  constructor(private readonly declared: Raw, private readonly scenario: Scenario) {}

  /** Truth of a named condition; one that is not declared or refers to itself is true, so that what it guards is checked. */
  public isTrue(name: string, depth = 0): boolean {
    const known = this.decided.get(name);
    if (known !== undefined) return known;
    if (depth > MAX_CHAIN || !Object.hasOwn(this.declared, name)) return true;
    this.decided.set(name, true);
    const truth = this.evaluate(this.declared[name], depth + 1);
    this.decided.set(name, truth);
    return truth;
  }

  private evaluate(raw: unknown, depth: number): boolean {
    if (depth > MAX_CHAIN) return true;
    const [name, argument] = soleEntry(raw);
    const items = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Condition': return this.isTrue(String(argument), depth);
      case 'Fn::Not': return !this.evaluate(items[0], depth + 1);
      case 'Fn::And': return items.every((item) => this.evaluate(item, depth + 1));
      case 'Fn::Or': return items.some((item) => this.evaluate(item, depth + 1));
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
