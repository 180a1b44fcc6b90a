import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { secrets } from '../../src';
import { announce } from '../runtime/secrets/harness/fake-secrets-manager';
import { MINUTES, NOW, pass, settledWorld, Strategy } from '../runtime/secrets/harness/world';
import { Scene } from '../runtime/secrets/scene';

/** The stack of a rotating secret, and what matters of it for a strategy. */
export function rotating(strategyIn: (stack: Stack) => secrets.RotationStrategy) {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  new secrets.RotatingSecret(stack, 'Secret', { strategy: strategyIn(stack) });
  const template = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string; Properties: Record<string, any> }> };
  const named = (type: string) => Object.entries(template.Resources).find(([id, { Type }]) => Type === type && id.startsWith('Secret'))![1].Properties;
  const statements = named('AWS::IAM::Policy').PolicyDocument.Statement as Array<{ Action: string | string[]; Resource: unknown; Condition?: unknown }>;
  return { stack, environment: named('AWS::Lambda::Function').Environment.Variables as Record<string, unknown>, statements };
}

/** Actions that a policy grants for a service. */
export function granted(statements: ReturnType<typeof rotating>['statements'], service: string): string[] {
  return statements.flatMap(({ Action }) => [Action].flat()).filter((action) => action.startsWith(`${service}:`)).sort();
}

/** Operations that the function calls beside those of Secrets Manager, from the first step to the end of the overlap. */
export async function called(strategy: Strategy, beforeTest: (scene: Scene) => void = () => undefined): Promise<string[]> {
  const scene = new Scene(strategy, settledWorld(strategy));
  announce(scene.world.secret, 'p', NOW);
  await scene.steps('createSecret', 'setSecret');
  beforeTest(scene);
  await scene.steps('testSecret', 'finishSecret');
  scene.world.secret.lastRotated = NOW;
  pass(scene.world, 120 * MINUTES);
  await scene.reconcile();
  return [...new Set(scene.calls.filter(({ input }) => !('SecretId' in input)).map(({ operation }) => operation))].sort();
}
