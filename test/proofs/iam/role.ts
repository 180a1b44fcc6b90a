import { Environment, Resource } from './environment';

/** A statement of a policy, resolved. */
export interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
  readonly NotAction?: unknown;
  readonly NotResource?: unknown;
}

/** One action on one resource that a policy allows. */
export interface Grant extends Statement {
  readonly Action: string;
  readonly Resource: string;
}

/** A function's role as IAM sees it. */
export interface Identity {
  readonly roleArn: string;
  /** ARN of the session in which a function runs: Lambda names it after the function. */
  readonly sessionArn: string;
  readonly account: string;
  readonly grants: readonly Grant[];
  /** What the role's policies deny. */
  readonly denials: readonly Statement[];
  readonly boundaries: ReadonlyArray<{ readonly name: string; readonly policy: unknown }>;
}

/** The identity in which a function runs. */
export function identityOf(lambda: Resource, environment: Environment): Identity {
  const role = environment.withArn(lambda.property('Role') as string, 'AWS::IAM::Role');
  const { name, arn } = environment.namesOf(role);
  const { account } = role.stack.place;
  const managed = listOf<string>(role.property('ManagedPolicyArns')).map((policy) => environment.withArn(policy, 'AWS::IAM::ManagedPolicy'));
  const attached = [...environment.ofType('AWS::IAM::Policy'), ...environment.ofType('AWS::IAM::ManagedPolicy')]
    .filter((policy) => listOf<string>(policy.property('Roles')).includes(name));
  const documents = [
    ...[...new Set([...managed, ...attached])].map((policy) => policy.property('PolicyDocument') as { Statement: Statement | Statement[] }),
    ...listOf<{ PolicyDocument: { Statement: Statement | Statement[] } }>(role.property('Policies')).map(({ PolicyDocument }) => PolicyDocument),
  ];
  const statements = documents.flatMap((document) => listOf(document.Statement));
  const boundary = role.property('PermissionsBoundary') as string | undefined;
  return {
    roleArn: arn,
    sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/${environment.namesOf(lambda).name}`,
    account,
    grants: statements.filter(({ Effect }) => Effect === 'Allow').flatMap(grantsOf),
    denials: statements.filter(({ Effect }) => Effect === 'Deny'),
    boundaries: boundary === undefined ? [] : [{
      name: boundary,
      policy: environment.withArn(boundary, 'AWS::IAM::ManagedPolicy').property('PolicyDocument') as unknown,
    }],
  };
}

/** Each action on each resource of a statement. Refuses what does not say which actions: it cannot be shown that they are all needed. */
export function grantsOf(statement: Statement): Grant[] {
  const actions = listOf<string>(statement.Action);
  const vague = actions.filter((action) => /[*?]/.test(action));
  if (vague.length > 0) throw new Error(`the role is granted ${vague.join(', ')}; name single actions`);
  if (statement.NotAction !== undefined || statement.NotResource !== undefined) {
    throw new Error('the role is granted everything but something; name what it needs');
  }
  return actions.flatMap((Action) => listOf<string>(statement.Resource).map((resource) => ({ ...statement, Action, Resource: resource })));
}

function listOf<T>(value: T | readonly T[] | undefined): T[] {
  return value === undefined ? [] : [value].flat() as T[];
}
