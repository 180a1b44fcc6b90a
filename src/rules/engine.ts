import { Control, controlById } from '../compliance';
import { Conditions } from './conditions';
import { Graph, Resource, Scenario, TemplateSource } from './graph';
import { Outcome, Rule } from './rule';

/** Together, a check looks at no more scenarios than this; beyond it, conditions are tried one template at a time. */
const MAX_SCENARIOS = 64;

/** What one rule found at one resource: the outcome, with everything a report needs to name it. */
export interface Verdict {
  readonly control: string;
  readonly outcome: Outcome['kind'];
  /** Finding id of a violation or of a cannot-tell; empty otherwise. */
  readonly finding: string;
  /** Evidence, message or reason. */
  readonly message: string;
  /** Dotted path below `Properties`, where the outcome is about one property. */
  readonly property: string;
  readonly template: string;
  readonly logicalId: string;
  readonly resourceType: string;
  /** Construct path, or the empty string for a template that no CDK app wrote. */
  readonly constructPath: string;
}

const WORST_FIRST: readonly Outcome['kind'][] = ['violation', 'cannot-tell', 'compliant', 'not-applicable'];

/**
 * Runs rules on templates.
 *
 * Every scenario of the templates' conditions is checked; a resource is compliant only if it is in each scenario that has it. A rule that
 * throws counts as a `cannot-tell` with finding `RuleFailed`, never as compliance. Verdicts are sorted, so the same templates give the
 * same list.
 *
 * @throws TemplateError where a template is none
 */
export function check(sources: readonly TemplateSource[], rules: readonly Rule[]): Verdict[] {
  const verdicts = new Map<string, Verdict[]>();
  for (const scenarios of scenariosOf(sources)) {
    const graph = new Graph(sources, scenarios);
    for (const rule of rules) {
      const control = controlById(rule.control);
      for (const resource of graph.ofType(...control.resourceTypes)) {
        const key = JSON.stringify([rule.control, resource.template, resource.logicalId]);
        const found = run(rule, resource, graph).map((outcome) => verdictOf(control, resource, outcome));
        verdicts.set(key, mergeScenarios(verdicts.get(key), found));
      }
    }
  }
  return [...verdicts.values()].flat().sort(byPlace);
}

function run(rule: Rule, resource: Resource, graph: Graph): readonly Outcome[] {
  try {
    const outcomes = rule.check(resource, graph);
    return Array.isArray(outcomes) ? outcomes : [outcomes as Outcome];
  } catch (error) {
    return [{ kind: 'cannot-tell', finding: 'RuleFailed', message: `the rule failed: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

/** One scenario's findings and those of the scenarios before it: all findings once, and positive outcomes only where there is no finding. */
function mergeScenarios(before: readonly Verdict[] | undefined, now: readonly Verdict[]): Verdict[] {
  const all = [...(before ?? []), ...now];
  // What is violated in one scenario is not merely untold because another one does not tell.
  const told = [...all].sort((a, b) => WORST_FIRST.indexOf(b.outcome) - WORST_FIRST.indexOf(a.outcome));
  const findings = new Map(told.filter((v) => v.finding !== '').map((v) => [JSON.stringify([v.finding, v.property]), v]));
  const worst = WORST_FIRST.find((kind) => all.some((v) => v.outcome === kind));
  const positive = all.filter((v) => v.finding === '' && v.outcome === worst);
  return [...findings.values(), ...new Map(positive.map((v) => [v.property, v])).values()];
}

function verdictOf(control: Control, resource: Resource, outcome: Outcome): Verdict {
  const text = outcome.kind === 'compliant' ? outcome.evidence : outcome.kind === 'not-applicable' ? outcome.because : outcome.message;
  return {
    control: control.id,
    outcome: outcome.kind,
    finding: outcome.kind === 'violation' || outcome.kind === 'cannot-tell' ? outcome.finding : '',
    message: text,
    property: ('property' in outcome && outcome.property) || '',
    template: resource.template,
    logicalId: resource.logicalId,
    resourceType: resource.type,
    constructPath: resource.constructPath ?? '',
  };
}

/** Combined scenarios of all templates, or each template's own against the others' defaults where there are too many to combine. */
function scenariosOf(sources: readonly TemplateSource[]): ReadonlyArray<ReadonlyMap<string, Scenario>> {
  const own = sources.map((source) => ({ name: source.name, scenarios: Conditions.scenariosOf(conditionsIn(source.template), source.name) }));
  const combinations = own.reduce((product, { scenarios }) => product * scenarios.length, 1);
  if (combinations <= MAX_SCENARIOS) {
    return own.reduce<Array<Map<string, Scenario>>>(
      (all, { name, scenarios }) => all.flatMap((chosen) => scenarios.map((scenario) => new Map(chosen).set(name, scenario))),
      [new Map()],
    );
  }
  return own.flatMap(({ name, scenarios }) => scenarios.map((scenario) => new Map([[name, scenario]])));
}

function conditionsIn(template: unknown): Readonly<Record<string, unknown>> {
  const conditions = typeof template === 'object' && template !== null ? (template as { Conditions?: unknown }).Conditions : undefined;
  return typeof conditions === 'object' && conditions !== null && !Array.isArray(conditions) ? conditions as Record<string, unknown> : {};
}

function byPlace(a: Verdict, b: Verdict): number {
  for (const key of ['template', 'logicalId', 'control', 'finding', 'property'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}
