import { Resource } from '../graph';
import { at, describe, isUnknown, Value } from '../values';

/** Where and how a stage logs its requests. */
export interface AccessLog {
  /** Name of the property, which differs between the versions of API Gateway. */
  readonly property: string;
  readonly destination: Value;
  readonly format: Value;
}

/** The access log of a stage. */
export function accessLogOf({ type, properties }: Resource): AccessLog {
  const property = type === 'AWS::ApiGatewayV2::Stage' ? 'AccessLogSettings' : 'AccessLogSetting';
  return { property, destination: at(properties, `${property}.DestinationArn`), format: at(properties, `${property}.Format`) };
}

/** Whether a stage has an access log at all. */
export function hasAccessLog({ destination, format }: AccessLog): boolean {
  return [destination, format].some((value) => value !== undefined && value !== null && value !== '');
}

/** A format as text, in which `${…}` stands for what only deployment tells; undefined where the template leaves a part untold. */
export function formatText({ format }: AccessLog): string | undefined {
  return isUnknown(format) ? undefined : describe(format);
}

/** The variables that a format logs, such as `$context.requestId`; sorted, each once. */
export function variablesOf(format: string): readonly string[] {
  return [...new Set(format.match(/\$[A-Za-z]+(?:\.[\w-]+)*/g) ?? [])].sort();
}

/**
 * The members of a JSON format with what they log, by their path, such as `identity.ip`; undefined where the format is no JSON object.
 *
 * A variable may stand without quotes, as a number does.
 */
export function membersOf(format: string): ReadonlyMap<string, string> | undefined {
  const quoted = format.replace(/"(?:[^"\\]|\\.)*"|\$[A-Za-z]+(?:\.[\w-]+)*/g, (piece) => (piece.startsWith('"') ? piece : `"${piece}"`));
  try {
    const parsed: unknown = JSON.parse(quoted);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? new Map(flattened(parsed, '')) : undefined;
  } catch {
    return undefined;
  }
}

function flattened(value: object, prefix: string): Array<[string, string]> {
  return Object.entries(value).flatMap(([key, item]: [string, unknown]): Array<[string, string]> =>
    (typeof item === 'object' && item !== null ? flattened(item, `${prefix}${key}.`) : [[`${prefix}${key}`, String(item)]]));
}
