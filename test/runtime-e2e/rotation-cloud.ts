import { Answer, RunningBundle, SeenRequest } from './bundle';
import { stepEvent } from '../runtime/secrets/harness/events';
import { announce } from '../runtime/secrets/harness/fake-secrets-manager';
import { Call } from '../runtime/secrets/harness/service';
import { BEARER_HOLDER, KEY_PREFIX, MAC_KEY_ARN, PLAN_KEY_ID, TABLE_NAME, USER_NAME } from '../runtime/secrets/harness/stored-credentials';
import { callAws, MINUTES, NOW, SECRET_ARN, Strategy, USAGE_PLAN_IDS, World } from '../runtime/secrets/harness/world';

/** What a rotating function is configured with. */
export const ROTATION_ENVIRONMENT = {
  SECRET_ARN,
  OVERLAP_SECONDS: '3600',
  MAX_AGE_SECONDS: '2592000',
  USAGE_PLAN_IDS: JSON.stringify(USAGE_PLAN_IDS),
  TABLE_NAME,
  USER_NAME,
  HOLDER: BEARER_HOLDER,
  KEY_PREFIX,
  MAC_KEY_ARN,
  PLAN_KEY_ID,
};

/**
 * Serves a world as Secrets Manager, DynamoDB and KMS (AWS JSON) and API Gateway (REST JSON) do; the time of the world becomes that of the
 * clock.
 */
export function rotationCloud(strategy: Strategy, world: World): (request: SeenRequest) => Answer {
  return (request) => {
    const target = request.headers['x-amz-target'];
    const call = typeof target === 'string' ? jsonCall(target, request) : apiGatewayCall(request);
    const answer = callAws(strategy, world, call);
    if ('error' in answer) {
      const headers: Record<string, string> = { 'x-amzn-errortype': answer.error };
      return { status: 400, headers, body: JSON.stringify({ __type: answer.error, message: answer.message }) };
    }
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
