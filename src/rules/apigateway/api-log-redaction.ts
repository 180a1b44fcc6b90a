import { accessLogOf, formatText, hasAccessLog, variablesOf } from './access-log';
import { checkStage } from './stages';
import { Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

/** What of an authorizer's answer tells who the caller is and what became of the request; anything else is free text of its author. */
const AUTHORIZER_FACTS = new Set([
  'principalId', 'error', 'status', 'latency', 'requestId', 'integrationLatency', 'integrationStatus',
  'consumer', 'subject', 'issuer', 'clientId', 'scope', 'claims.sub', 'claims.iss', 'claims.client_id', 'claims.scope',
]);

/** Checks `API-LOG-REDACTION`. */
export const apiLogRedaction: Rule = {
  control: 'API-LOG-REDACTION',
  check(resource) {
    return checkStage(resource, judge);
  },
};

function judge(stage: Resource): Outcome | readonly Outcome[] {
  const log = accessLogOf(stage);
  const property = `${log.property}.Format`;
  if (!hasAccessLog(log)) return notApplicable('the stage has no access log');
  if (log.format === undefined) return notApplicable('the access log has no format');
  const text = formatText(log);
  if (text === undefined) return cannotTell('UnresolvedFormat', `${property} is ${describe(log.format)}`, property);
  const variables = variablesOf(text);
  const secrets = variables.filter(holdsSecret);
  return secrets.length > 0 ? secrets.map((variable) => violation(`Secret::${variable}`, `the format logs ${variable}`, property))
    : compliant(`none of ${variables.length} variables holds a secret: ${variables.join(', ')}`, property);
}

function holdsSecret(variable: string): boolean {
  const [root, ...rest] = variable.split('.');
  const name = rest.join('.');
  // A request body or a stage variable is nothing that an access log needs.
  if (root !== '$context') return true;
  if (name === 'identity.apiKey' || name === 'identity.clientCert.clientCertPem' || name === 'identity.clientCert') return true;
  if (/^(requestOverride|responseOverride)(\.|$)/.test(name)) return true;
  return /^authorizer(\.|$)/.test(name) && !AUTHORIZER_FACTS.has(name.replace(/^authorizer\.?/, ''));
}
