import { arnOf, plain } from './arns';
import { INVOCABLE } from './functions';
import { equals } from './match';
import { Graph, Resource } from '../graph';
import { at, describe, isMap, Reference, Text, Value } from '../values';

/** A call that API Gateway makes for a method or an authorizer. */
export interface ApiCall {
  /** Service by its name in the URI, for example `lambda`, `sqs`, `states`. */
  readonly service: string;
  /** IAM action that the call needs. */
  readonly action: string;
  /** What it acts on; undefined where the template does not tell. */
  readonly target?: Resource;
}

/** What each service acts on, for the services whose integrations name it. */
const TARGETS: Readonly<Record<string, string>> = {
  events: 'AWS::Events::EventBus', sns: 'AWS::SNS::Topic', sqs: 'AWS::SQS::Queue', states: 'AWS::StepFunctions::StateMachine',
};

/**
 * Reads the URI of an integration or an authorizer, `arn:aws:apigateway:<region>:<service>:path|action/…`; undefined where it is none.
 *
 * A call by `action` names it there; a call by `path` names it in the body that the mapping template writes, as Amazon SQS takes it.
 */
export function tryReadCall(uri: Value, integration: Value, home: string, graph: Graph): ApiCall | undefined {
  const text = plain(uri, home, graph);
  // The CDK takes partition and region out of the ARN of a function, which no template resolves.
  const found = /^arn:[^:]+:apigateway:[^:]*:([\w.-]+):(path|action)\/([^]*)$/.exec(text);
  if (!found) return undefined;
  const [, subdomain, kind, rest] = found;
  const service = subdomain.split('.').pop()!;
  if (service === 'lambda') return { service, action: 'lambda:InvokeFunction', target: functionIn(uri, rest, home, graph) };
  const named = kind === 'action' ? rest : /\bAction=(\w+)/.exec(describe(at(integration, 'RequestTemplates')))?.[1];
  if (named === undefined) return { service, action: service };
  return { service, action: `${service}:${named}`, target: targetOf(service, uri, rest, integration, home, graph) };
}

/** A function, or an alias or version of it; a qualifier that only the stage knows makes it another one. */
function functionIn(uri: Value, rest: string, home: string, graph: Graph): Resource | undefined {
  const arn = /functions\/([^]*)\/invocations$/.exec(rest)?.[1];
  if (arn === undefined) return undefined;
  const found = referencesIn(uri).find(({ type }) => INVOCABLE.includes(type)) ?? graph.find(arn, 'AWS::Lambda::Function', home);
  return found?.type === 'AWS::Lambda::Function' && equals(arn, arnOf(found, graph)) !== 'yes' ? undefined : found;
}

/** The one resource of the service's type that the integration names anywhere. */
function targetOf(service: string, uri: Value, rest: string, integration: Value, home: string, graph: Graph): Resource | undefined {
  const type = TARGETS[service];
  if (type === undefined) return undefined;
  const named = new Set(referencesIn(integration).filter((resource) => resource.type === type));
  if (named.size > 1) return undefined;
  const target = [...named][0] ?? graph.find(uri, type, home);
  if (!target || service !== 'sqs') return target;
  // The path is that of the queue's URL: account and name.
  const [, , , , account, name] = arnOf(target, graph).split(':');
  return equals(rest.replace(/^\//, ''), `${account}/${name}`) === 'yes' ? target : undefined;
}

function referencesIn(value: Value): readonly Resource[] {
  if (value instanceof Reference) return [value.resource];
  const parts: readonly Value[] = value instanceof Text ? value.parts : Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
  return parts.flatMap(referencesIn);
}
