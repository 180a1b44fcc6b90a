import { APIGATEWAY_CASES } from './apigateway.cases';
import { CLOUDWATCH_CASES } from './cloudwatch.cases';
import { ControlCase } from './control-case';
import { DELIVERY_CASES } from './delivery.cases';
import { DYNAMODB_CASES } from './dynamodb.cases';
import { EVENTS_CASES } from './events.cases';
import { IAM_CASES } from './iam.cases';
import { KMS_CASES } from './kms.cases';
import { LAMBDA_CASES } from './lambda.cases';
import { LIFECYCLE_CASES } from './lifecycle.cases';
import { LOGS_CASES } from './logs.cases';
import { RDS_CASES } from './rds.cases';
import { S3_CASES } from './s3.cases';
import { SNS_CASES } from './sns.cases';
import { SQS_CASES } from './sqs.cases';
import { CONTROLS, declaresFinding, tryControlById } from '../../src/compliance';
import { check, RULES, Verdict } from '../../src/rules';

const CASES: readonly ControlCase[] = [
  ...APIGATEWAY_CASES,
  ...CLOUDWATCH_CASES,
  ...DELIVERY_CASES,
  ...DYNAMODB_CASES,
  ...EVENTS_CASES,
  ...IAM_CASES,
  ...KMS_CASES,
  ...LAMBDA_CASES,
  ...LIFECYCLE_CASES,
  ...LOGS_CASES,
  ...RDS_CASES,
  ...S3_CASES,
  ...SNS_CASES,
  ...SQS_CASES,
];

function verdictsOn(template: unknown, control: string): Verdict[] {
  return check([{ name: 'Template', template }], RULES.filter((rule) => rule.control === control));
}

function findingsOn(template: unknown, control: string): string[] {
  return verdictsOn(template, control).filter((verdict) => verdict.finding !== '').map((verdict) => verdict.finding);
}

describe('faces of every control', () => {
  test.each(CONTROLS.map((control) => control.id))('%s has one rule, examples and a mutation', (id) => {
    expect(RULES.filter((rule) => rule.control === id)).toHaveLength(1);
    const [found, ...others] = CASES.filter((each) => each.control === id);
    expect(others).toEqual([]);
    expect(Object.keys(found.passing).length).toBeGreaterThan(0);
    expect(found.failing.length).toBeGreaterThan(0);
    expect(found.mutations.length).toBeGreaterThan(0);
  });

  test.each(CONTROLS.map((control) => control.id))('%s shows each finding that it declares', (id) => {
    const shown = CASES.filter((each) => each.control === id).flatMap((each) => each.failing.map((example) => example.finding));
    const declared = Object.keys(tryControlById(id)!.findings);
    expect(declared.filter((finding) => !shown.some((one) => (finding.endsWith('::') ? one.startsWith(finding) : one === finding)))).toEqual([]);
  });

  test('no rule and no example lacks a control', () => {
    expect([...RULES.map((rule) => rule.control), ...CASES.map((each) => each.control)].filter((id) => !tryControlById(id))).toEqual([]);
  });
});

describe.each(CASES)('$control', ({ control, passing, failing, mutations }) => {
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
