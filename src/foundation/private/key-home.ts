import { CfnElement, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';

/** Where a key is, and what its policy can say of the resources around it. */
export class KeyHome {
  public readonly account: string;
  public readonly region: string;
  public readonly stack: Stack;

  constructor(key: kms.IKey) {
    this.account = key.env.account;
    this.region = key.env.region;
    this.stack = Stack.of(key);
  }

  /** ARN by which a policy names all principals of the key's account. */
  public get rootArn(): string {
    return `arn:${this.stack.partition}:iam::${this.account}:root`;
  }

  /** ARN of a resource beside the key. */
  public arn(service: string, resource: string): string {
    return `arn:${this.stack.partition}:${service}:${this.region}:${this.account}:${resource}`;
  }

  /**
   * `arn`, or `pattern` where the key policy cannot name it.
   *
   * Whatever the key encrypts depends on the key, directly or through other resources and stacks, so a policy that refers back to a resource
   * closes a cycle that CloudFormation refuses. A literal ARN, one built of pseudo parameters included, is no reference.
   */
  public nameable(arn: string | undefined, pattern: string): string {
    return arn === undefined || refersToElement(arn, this.stack) ? pattern : arn;
  }

  /** Account that an ARN names; the key's own where it names none, as that of a bucket. */
  public accountOf(arn: string): string {
    const [,,,, account] = arn.split(':');
    return account || this.account;
  }
}

/** Constructs of a template, resources above all, that a value refers to. */
export function elementsIn(value: unknown): CfnElement[] {
  return tokensIn(value).filter((token) => Reference.isReference(token))
    .map((reference) => reference.target)
    .filter((target) => CfnElement.isCfnElement(target));
}

function refersToElement(value: string, stack: Stack): boolean {
  const opaque = tokensIn(value).filter((token) => !Reference.isReference(token));
  return elementsIn(value).length > 0 || opaque.some((token) => mentionsResource(stack.resolve(token)));
}

function tokensIn(value: unknown): unknown[] {
  if (typeof value === 'string') return Tokenization.reverseString(value).tokens;
  return Token.isUnresolved(value) ? [value] : [];
}

/** Whether rendered JSON refers to a resource or a parameter of a template; pseudo parameters and imports do not count. */
function mentionsResource(rendered: unknown): boolean {
  if (typeof rendered !== 'object' || rendered === null) return false;
  return Object.entries(rendered).some(([key, value]) => {
    if (key === 'Ref') return !String(value).startsWith('AWS::');
    return key === 'Fn::GetAtt' || key === 'Fn::Sub' || mentionsResource(value);
  });
}
