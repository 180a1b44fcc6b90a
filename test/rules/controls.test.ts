import { ALL_CASES } from './cases';
import { CONTROLS, declaresFinding, tryControlById } from '../../src/compliance';
import { check, RULES, Verdict } from '../../src/rules';

function verdictsOn(template: unknown, control: string): Verdict[] {
  return check([{ name: 'Template', template }], RULES.filter((rule) => rule.control === control));
}

function findingsOn(template: unknown, control: string): string[] {
  return verdictsOn(template, control).filter((verdict) => verdict.finding !== '').map((verdict) => verdict.finding);
}

describe('faces of every control', () => {
  test.each(CONTROLS.map((control) => control.id))('%s has one rule, examples and a mutation', (id) => {
    expect(RULES.filter((rule) => rule.control === id)).toHaveLength(1);
    const [found, ...others] = ALL_CASES.filter((each) => each.control === id);
    expect(others).toEqual([]);
    expect(Object.keys(found.passing).length).toBeGreaterThan(0);
    expect(found.failing.length).toBeGreaterThan(0);
    expect(found.mutations.length).toBeGreaterThan(0);
  });

  test.each(CONTROLS.map((control) => control.id))('%s shows each finding that it declares', (id) => {
    const shown = ALL_CASES.filter((each) => each.control === id).flatMap((each) => each.failing.map((example) => example.finding));
    const declared = Object.keys(tryControlById(id)!.findings);
    expect(declared.filter((finding) => !shown.some((one) => (finding.endsWith('::') ? one.startsWith(finding) : one === finding)))).toEqual([]);
  });

  test('no rule and no example lacks a control', () => {
    expect([...RULES.map((rule) => rule.control), ...ALL_CASES.map((each) => each.control)].filter((id) => !tryControlById(id))).toEqual([]);
  });
});

describe.each(ALL_CASES)('$control', ({ control, passing, failing, mutations }) => {
  test.each(Object.entries(passing))('accepts %s', (_name, template) => {
    const verdicts = verdictsOn(template, control);
    expect(verdicts.filter((verdict) => verdict.finding !== '')).toEqual([]);
    expect(verdicts.map((verdict) => verdict.outcome)).toContain('compliant');
  });

  test.each(failing)('reports $finding', ({ finding, template }) => {
    expect(findingsOn(template, control)).toContain(finding);
    expect(findingsOn(template, control).every((each) => declaresFinding(tryControlById(control)!, each))).toBe(true);
  });

  test.each(mutations)('is killed: $name', ({ finding, mutate }) => {
    const template = structuredClone(Object.values(passing)[0]);
    mutate(template);
    expect(findingsOn(template, control)).toContain(finding);
  });
});
