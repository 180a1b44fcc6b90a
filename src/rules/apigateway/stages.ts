import { Resource } from '../graph';
import { notApplicable, Outcome } from '../rule';
import { describe, isMap, Unresolved, ValueMap } from '../values';

const DEPLOYMENT = 'AWS::ApiGateway::Deployment';

const DESCRIPTION = 'StageDescription';

/** What rules read of a stage; in a description that the template does not tell, none of it is told. */
const READ = ['AccessLogSetting', 'CacheClusterEnabled', 'ClientCertificateId', 'MethodSettings', 'TracingEnabled'];

/** Settings for every method that a description states beside its `MethodSettings` (AWS::ApiGateway::Deployment StageDescription). */
const DIRECT = [
  'CacheDataEncrypted', 'CacheTtlInSeconds', 'CachingEnabled', 'DataTraceEnabled', 'LoggingLevel', 'MetricsEnabled', 'ThrottlingBurstLimit', 'ThrottlingRateLimit',
];

/**
 * Runs a check of stages on what makes one: a stage, or a deployment that names one and describes it.
 *
 * A deployment without the name of a stage makes none; one without a description makes a stage with every default.
 */
export function checkStage(resource: Resource, check: (stage: Resource) => Outcome | readonly Outcome[]): Outcome | readonly Outcome[] {
  if (resource.type !== DEPLOYMENT) return check(resource);
  const { RestApiId, StageName, [DESCRIPTION]: description } = resource.properties;
  if (StageName === undefined || StageName === '') return notApplicable('the deployment makes no stage');
  const described: ValueMap = isMap(description) || description === undefined ? description ?? {}
    : Object.fromEntries(READ.map((property) => [property, new Unresolved(`${DESCRIPTION}: ${describe(description)}`)]));
  const outcomes = check({ ...resource, properties: { ...described, RestApiId, StageName } });
  return (Array.isArray(outcomes) ? outcomes as readonly Outcome[] : [outcomes as Outcome]).map(inDescription);
}

/** The settings for every method that stand in a stage itself, which only that of a deployment can have; undefined where there are none. */
export function directSettings({ type, properties }: Resource): ValueMap | undefined {
  const stated = type === DEPLOYMENT ? DIRECT.filter((name) => properties[name] !== undefined) : [];
  return stated.length === 0 ? undefined : Object.fromEntries(stated.map((name) => [name, properties[name]]));
}

function inDescription(outcome: Outcome): Outcome {
  return 'property' in outcome && outcome.property !== undefined
    ? { ...outcome, property: `${DESCRIPTION}.${outcome.property}` } : outcome;
}
