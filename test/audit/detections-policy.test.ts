import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { audit } from '../../src';
import { CIS_DETECTIONS } from '../../src/audit/private/detections';
import { check, RULES } from '../../src/rules';
import { findingsOfPacks, NAG_PACKS } from '../nag-packs';

const { STRICT, SECURITY_HUB_EXACT } = audit.DetectionProfile;

function watchedStack(...profiles: audit.DetectionProfile[]): Stack {
  const stack = new Stack(new App(), 'Stack');
  const trail = new audit.AuditTrail(stack, 'Trail');
  new audit.Detections(stack, 'Detections', { trail, profiles }).addEventRules();
  return stack;
}

const judge = (template: unknown, ...controls: string[]) => check(
  [{ name: 'Stack', template }], controls.length === 0 ? RULES : RULES.filter(({ control }) => controls.includes(control)));

describe.each<[string, audit.DetectionProfile[]]>([
  ['strict', [STRICT]], ['exact', [SECURITY_HUB_EXACT]], ['both', [STRICT, SECURITY_HUB_EXACT]],
])('a trail with detections, %s', (_name, profiles) => {
  const template = Template.fromStack(watchedStack(...profiles)).toJSON();

  test('violates no control of filters, alarms, rules and their delivery', () => {
    const ours = judge(template).filter(({ finding, constructPath }) => finding !== '' && constructPath.startsWith('Stack/Detections'));
    expect(ours.map(({ control, finding, constructPath, message }) => `${constructPath}: ${control}[${finding}]: ${message}`)).toEqual([]);
  });

  test('is watched for all that the rule asks for', () => {
    expect(judge(template, 'TRAIL-DETECTIONS').map(({ outcome }) => outcome)).toEqual(['compliant']);
  });
});

describe('a trail without one of the detections', () => {
  const template = Template.fromStack(watchedStack(STRICT)).toJSON();

  test.each(CIS_DETECTIONS.map(({ id }) => id))('is told so: %s', (id) => {
    const weakened = structuredClone(template) as { Resources: Record<string, any> };
    delete weakened.Resources[Object.keys(template.Resources).find((key) => key.startsWith(`Detections${id}Filter`))!];
    const findings = judge(weakened, 'TRAIL-DETECTIONS').map(({ outcome, finding }) => [outcome, finding]);
    expect(findings).toEqual([['violation', `Unwatched::${id}`]]);
  });
});

test('has no finding of any pack of cdk-nag that is not acknowledged', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const trail = new audit.AuditTrail(stack, 'Trail');
  new audit.Detections(stack, 'Detections', { trail, profiles: [STRICT, SECURITY_HUB_EXACT] }).addEventRules();
  expect(findingsOfPacks(app)).toEqual(Object.fromEntries(NAG_PACKS.map(([name]) => [name, []])));
});

test('the same input gives the same template', () => {
  const [first, second] = [1, 2].map(() => JSON.stringify(Template.fromStack(watchedStack(STRICT, SECURITY_HUB_EXACT)).toJSON()));
  expect(first).toBe(second);
});
