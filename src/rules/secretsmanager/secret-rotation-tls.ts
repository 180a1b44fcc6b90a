import { secretOf } from './secrets';
import { jsonOf } from '../json-text';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, Value } from '../values';

const TYPE = 'HostedRotationLambda.RotationType';
const TEMPLATE = 'GenerateSecretString.SecretStringTemplate';

/** Engines whose function reads `ssl` (aws-samples/aws-secrets-manager-rotation-lambdas, `get_ssl_config`). */
const READS_SSL = /^(MySQL|MariaDB|PostgreSQL|SQLServer|MongoDB)/;

/** Checks `SECRET-ROTATION-TLS`. */
export const secretRotationTls: Rule = {
  control: 'SECRET-ROTATION-TLS',
  check({ properties, template }, graph) {
    if (properties.HostedRotationLambda === undefined) return notApplicable('no function of AWS rotates the secret');
    const type = at(properties, TYPE);
    if (isUnknown(type) || typeof type !== 'string') return cannotTell('UnresolvedSecret', `${TYPE} is ${describe(type)}`, TYPE);
    // It has no setting for TLS, and connects by the plain protocol.
    if (type.startsWith('Oracle')) return violation('NoTls', `the function of the type ${type} connects without TLS`, TYPE);
    // It hands libpq no `sslmode`, and the default is `prefer` (PostgreSQL documentation, "Database Connection Control Functions").
    if (type.startsWith('Redshift')) return violation('FallsBack', `the function of the type ${type} connects without TLS where that fails, whatever the secret says`, TYPE);
    if (!READS_SSL.test(type)) return cannotTell('UnresolvedSecret', `no source says how the function of the type ${type} connects`, TYPE);
    const secret = secretOf(properties.SecretId, template, graph);
    if (!secret) return cannotTell('UnresolvedSecret', `the template does not hold the secret ${describe(properties.SecretId)}`, 'SecretId');
    return outcomeOf(at(secret.properties, TEMPLATE), secret.properties.SecretString);
  },
};

/** What the secret says. The function takes text for a truth value, and anything else for nothing said. */
function outcomeOf(written: Value, value: Value): Outcome {
  // What stands beside a whole value is ignored, and the value is for no checker to read.
  if (value !== undefined) return cannotTell('UnresolvedSecret', 'the secret has a SecretString, whose fields this rule does not read', 'SecretId');
  if (written === undefined) return violation('FallsBack', `${TEMPLATE} is not set`, 'SecretId');
  const fields = jsonOf(written);
  if (isUnknown(fields)) return cannotTell('UnresolvedSecret', `${TEMPLATE} is ${describe(written)}`, 'SecretId');
  const ssl = at(fields, 'ssl');
  if (isUnknown(ssl)) return cannotTell('UnresolvedSecret', `ssl is ${describe(ssl)}`, 'SecretId');
  switch (String(ssl).toLowerCase()) {
    case 'true': return compliant('the secret asks for TLS, and nothing else is tried', 'SecretId');
    case 'false': return violation('NoTls', 'ssl is false', 'SecretId');
    default: return violation('FallsBack', ssl === undefined ? 'the secret has no field ssl' : `ssl is ${describe(ssl)}, which is neither true nor false`, 'SecretId');
  }
}
