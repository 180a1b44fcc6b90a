import { IResolvable, Reference, Stack, Tokenization } from 'aws-cdk-lib';

/** An ARN as cdk-nag writes it: `<Plan>` for a reference, and the name of its export for one to another stack. */
export function spelledInPacks(stack: Stack, arn: string): string {
  return Tokenization.reverseString(arn)
    .mapTokens({ mapToken: (token) => nameInPacks(stack, token) })
    .join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) as string;
}

function nameInPacks(stack: Stack, token: IResolvable): string {
  const home = Reference.isReference(token) ? Stack.of(token.target) : stack;
  const told: unknown = stack.resolve(home === stack ? token : home.exportValue(token));
  if (typeof told === 'string') return told;
  const [[name, argument]] = Object.entries(told as object) as Array<[string, string | string[]]>;
  return name === 'Fn::ImportValue' ? String(argument) : `<${[argument].flat().join('.')}>`;
}
