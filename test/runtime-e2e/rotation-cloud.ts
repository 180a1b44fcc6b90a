import { Answer, RunningBundle, SeenRequest } from './bundle';
import { stepEvent } from '../runtime/secrets/harness/events';
import { CLIENT_ID, USER_POOL_ID } from '../runtime/secrets/harness/fake-cognito';
import { announce } from '../runtime/secrets/harness/fake-secrets-manager';
import { CONNECTOR_ID, EVENT_BUS_NAME, PROBE_CONNECTOR_ID, SFTP_USER_NAME } from '../runtime/secrets/harness/fake-sftp-partner';
import { ADAPTER_ARN } from '../runtime/secrets/harness/fake-third-party';
import { Call } from '../runtime/secrets/harness/service';
import { BEARER_HOLDER, KEY_PREFIX, MAC_KEY_ARN, PLAN_KEY_ID, TABLE_NAME, USER_NAME } from '../runtime/secrets/harness/stored-credentials';
import { callAws, MINUTES, NOW, SECRET_ARN, Strategy, USAGE_PLAN_IDS, World } from '../runtime/secrets/harness/world';

/** What a rotating function is configured with. */
export const ROTATION_ENVIRONMENT = {
  SECRET_ARN,
  OVERLAP_SECONDS: '3600',
  MAX_AGE_SECONDS: '2592000',
  USAGE_PLAN_IDS: JSON.stringify(USAGE_PLAN_IDS),
  USER_POOL_ID,
  CLIENT_ID,
  SFTP_USER_NAME,
  CONNECTOR_ID,
  PROBE_CONNECTOR_ID,
  EVENT_BUS_NAME,
  KEY_TYPE: 'ecdsa-p256',
  OFFER_SECONDS: '1209600',
  ADAPTER_ARN,
  TABLE_NAME,
  USER_NAME,
  HOLDER: BEARER_HOLDER,
  KEY_PREFIX,
  MAC_KEY_ARN,
  PLAN_KEY_ID,
};

/**
 * Serves a world as services of AWS JSON do (Secrets Manager and DynamoDB for example), API Gateway (REST JSON) and AWS Lambda; the time of
 * the world becomes that of the clock.
 */
export function rotationCloud(strategy: Strategy, world: World): (request: SeenRequest) => Answer {
  return (request) => {
    const target = request.headers['x-amz-target'];
    const call = typeof target === 'string' ? jsonCall(target, request) : invocation(request) ?? apiGatewayCall(request);
    const answer = callAws(strategy, world, call);
    if ('error' in answer) {
      const headers: Record<string, string> = { 'x-amzn-errortype': answer.error };
      return { status: 400, headers, body: JSON.stringify({ __type: answer.error, message: answer.message }) };
    }
    if (call.operation === 'Invoke') return invoked(answer.output as Invoked);
    const { items, ...output } = answer.output as Record<string, unknown>;
    const headers: Record<string, string> = { 'content-type': 'application/x-amz-json-1.1' };
    return { status: 200, headers, body: inSeconds(items === undefined ? output : { item: items, ...output }) };
  };
}

/** One rotation as Secrets Manager runs it, each step twice, then what the schedule does. */
export async function exerciseRotation(bundle: Pick<RunningBundle, 'invoke'>, world: World, version: string): Promise<void> {
  announce(world.secret, version, NOW);
  for (const name of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
    await bundle.invoke(stepEvent(name, version));
    await bundle.invoke(stepEvent(name, version));
  }
  world.secret.lastRotated = NOW;
  await bundle.invoke({ task: 'reconcile' });
}

/** An operation of a service whose protocol names it in a header, `DynamoDB_20120810.PutItem` for example. */
function jsonCall(target: string, { body }: SeenRequest): Call {
  const now = Date.now();
  const input = JSON.parse(body, (name, value: unknown) => name === 'N' ? String(inMinutes(Number(value) - now) + NOW) : value) as Record<string, unknown>;
  return { operation: target.split('.')[1], input };
}

interface Invoked { readonly FunctionError?: string; readonly Payload: string }

/** An invocation of a function (AWS Lambda API Reference, "Invoke"); undefined for any other request. */
function invocation({ method, url, body }: SeenRequest): Call | undefined {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url) ?? [];
  return method === 'POST' && name !== undefined ? { operation: 'Invoke', input: { FunctionName: decodeURIComponent(name), Payload: body } } : undefined;
}

function invoked({ FunctionError, Payload }: Invoked): Answer {
  return { status: 200, headers: FunctionError === undefined ? {} : { 'x-amz-function-error': FunctionError }, body: Payload };
}

/** Time in a world passes by minutes; between the clock of the function and this one are milliseconds. */
const inMinutes = (milliseconds: number) => Math.round(milliseconds / MINUTES) * MINUTES;

/** The operations of API Gateway that the function uses, by method and path (API Reference of each). */
function apiGatewayCall({ method, url, body }: SeenRequest): Call {
  const { pathname, searchParams } = new URL(url, 'http://aws');
  const [, collection, id, , keyId] = pathname.split('/');
  const sent = body === '' ? {} : JSON.parse(body) as Record<string, unknown>;
  switch (`${method} ${collection}${keyId === undefined ? '' : '/key'}`) {
    case 'GET apikeys':
      if (id !== undefined) return { operation: 'GetApiKey', input: { apiKey: id } };
      return { operation: 'GetApiKeys', input: { nameQuery: searchParams.get('name'), position: searchParams.get('position') ?? undefined } };
    case 'POST apikeys': return { operation: 'CreateApiKey', input: sent };
    case 'PATCH apikeys': return { operation: 'UpdateApiKey', input: { ...sent, apiKey: id } };
    case 'DELETE apikeys': return { operation: 'DeleteApiKey', input: { apiKey: id } };
    case 'POST usageplans': return { operation: 'CreateUsagePlanKey', input: { ...sent, usagePlanId: id } };
    case 'GET usageplans/key': return { operation: 'GetUsagePlanKey', input: { usagePlanId: id, keyId } };
    default: throw new Error(`API Gateway stands in for no ${method} ${pathname}`);
  }
}

function inSeconds(output: Record<string, unknown>): string {
  const later = Date.now() - NOW;
  return JSON.stringify(output, (name, value: unknown) => {
    if (name === 'N') return String(Number(value) + later); // a number of DynamoDB, and all of these are dates
    return /[dD]ate$/.test(name) && typeof value === 'number' ? (value + later) / 1000 : value;
  });
}
