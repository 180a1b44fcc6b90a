import { accessLogOf, formatText, hasAccessLog, membersOf, variablesOf } from './access-log';
import { checkStage } from './stages';
import { Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

/** What a log entry must tell, and the variables of which one tells it; REST, HTTP and WebSocket APIs name some differently. */
const FACTS: Readonly<Record<string, RegExp>> = {
  'request-id': /^(requestId|extendedRequestId)$/,
  'caller-address': /^identity\.sourceIp$/,
  'method': /^(httpMethod|routeKey|eventType)$/,
  'path': /^(resourcePath|path|routeKey)$/,
  'status': /^status$/,
  'time': /^(requestTime|requestTimeEpoch)$/,
  'identity': /^((authorizer|authorize|authenticate)\.[\w.-]+|identity\.(accountId|apiKeyId|caller|cognitoIdentityId|user|userArn|clientCert\.[\w.-]+))$/,
};

/** Checks `API-LOG-FORMAT`. */
export const apiLogFormat: Rule = {
  control: 'API-LOG-FORMAT',
  check(resource) {
    return checkStage(resource, judge);
  },
};

function judge(stage: Resource): Outcome | readonly Outcome[] {
  const log = accessLogOf(stage);
  const property = `${log.property}.Format`;
  if (!hasAccessLog(log)) return notApplicable('the stage has no access log');
  if (log.format === undefined || log.format === '') return violation('NoFormat', `${property} is not set`, property);
  const text = formatText(log);
  if (text === undefined) return cannotTell('UnresolvedFormat', `${property} is ${describe(log.format)}`, property);
  const members = membersOf(text);
  if (!members) return violation('NotJson', 'the format is no JSON object', property);

  const logged = variablesOf([...members.values()].join(' ')).map((variable) => variable.replace(/^\$context\./, ''));
  const missing = Object.entries(FACTS).filter(([, pattern]) => !logged.some((variable) => pattern.test(variable)));
  return missing.length > 0
    ? missing.map(([fact]) => violation(`Missing::${fact}`, `the format has no variable that tells the ${fact.replace('-', ' ')}`, property))
    : compliant(`each request is logged as JSON with ${[...members.keys()].join(', ')}`, property);
}
