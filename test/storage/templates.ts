import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IConstruct } from 'constructs';
import { acknowledgementsOn } from '../../src/private';

/** A statement as it stands in a template. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

type Properties = Record<string, any>;

/** Properties of all resources of a type, by logical id. */
export function propertiesOf(stack: Stack, type: string): Record<string, Properties> {
  const resources = Template.fromStack(stack).findResources(type);
  return Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, resource.Properties as Properties]));
}

/** What the identity policies of a stack allow: a resource, as JSON, with the actions on it. */
export function identityStatements(stack: Stack): Statement[] {
  return Object.values(propertiesOf(stack, 'AWS::IAM::Policy')).flatMap((policy) => policy.PolicyDocument.Statement as Statement[]);
}

/** Actions that the identity policies of a stack allow, sorted. */
export function identityActions(stack: Stack): string[] {
  return identityStatements(stack).flatMap((statement) => statement.Action).sort();
}

/** Statements of all key policies of a stack whose principal, as JSON, contains some text. */
export function keyStatements(stack: Stack, principal: string): Statement[] {
  return Object.values(propertiesOf(stack, 'AWS::KMS::Key'))
    .flatMap((key) => key.KeyPolicy.Statement as Statement[])
    .filter((statement) => JSON.stringify(statement.Principal).includes(principal));
}

/** Statements of the queue policies of a stack for one service. */
export function queueStatements(stack: Stack, service: string): Statement[] {
  return Object.values(propertiesOf(stack, 'AWS::SQS::QueuePolicy'))
    .flatMap((policy) => policy.PolicyDocument.Statement as Statement[])
    .filter((statement) => JSON.stringify(statement.Principal).includes(service));
}

/** Ids and reasons of the acknowledgements on a construct and below it. */
export function acknowledgedBelow(construct: IConstruct): string[] {
  return construct.node.findAll().flatMap((each) => acknowledgementsOn(each)).map(({ id, reason }) => `${id}: ${reason}`);
}
