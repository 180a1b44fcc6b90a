import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { access } from '../../src';

/** A stack with emergency access, a training gate and a trainer, as most would have them. */
export function emergencyStack(props: Partial<access.BreakGlassRoleProps> = {}): Stack {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  const workforce = access.Workforce.iamUsers();
  const emergency = new access.BreakGlassRole(stack, 'Emergency', { workforce, armer: new access.ArmerRole(stack, 'Armer', { workforce }), ...props });
  const gate = new access.TrainingGate(stack, 'Training', { acceptedPeriods: ['2026-Q4', '2026-Q3', '2027-Q1'] });
  gate.applyTo(emergency.role);
  new access.TrainerRole(stack, 'Trainer', { workforce, gate, userPath: '/staff/' });
  return stack;
}

interface Resource { readonly Type: string; readonly Properties: any }

/** Resources of a stack by their logical ids. */
export function resourcesOf(stack: Stack): Readonly<Record<string, Resource>> {
  return Template.fromStack(stack).toJSON().Resources as Readonly<Record<string, Resource>>;
}

/** Properties of the one resource of a type whose id begins so. */
export function propertiesOf(resources: Readonly<Record<string, Resource>>, type: string, prefix: string): any {
  const found = Object.entries(resources).filter(([id, { Type }]) => Type === type && id.startsWith(prefix));
  expect([type, prefix, found.length]).toEqual([type, prefix, 1]);
  return found[0][1].Properties;
}
