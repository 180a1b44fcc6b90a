import { Duration, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { BoundConstraint } from './bound-constraint';
import { tryUrl } from '../../formats/url';
import { IFoundation } from '../../foundation';
import { ConfigurationError } from '../../private';
import { IntegrationTable } from '../../storage';

const MAX_ORIGINS = 10;

/** Makes the table of proofs that were used, and has the function mark them there. */
export function bindDpop(scope: Construct, foundation: IFoundation, origins: readonly string[]): BoundConstraint {
  requireOrigins(scope, origins);
  const proofs = new IntegrationTable(scope, 'UsedProofs', {
    foundation,
    partitionKey: { name: 'proof', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  return {
    bundle: 'dpop-authorizer',
    environment: { ORIGINS: JSON.stringify(origins), TABLE_NAME: proofs.table.tableName },
    header: 'DPoP',
    // Fetching keys takes 3 seconds at most, marking a proof 4.
    timeout: Duration.seconds(8),
    grant: (role) => proofs.grant(role, 'dynamodb:PutItem'),
  };
}

/** Refuses origins that the handler would refuse, when it is too late. One that is a token is left to the handler. */
function requireOrigins(scope: Construct, origins: readonly string[]): void {
  if (origins.length === 0 || origins.length > MAX_ORIGINS) {
    throw new ConfigurationError(scope, `'origins' must name 1 to ${MAX_ORIGINS} origins, got ${origins.length}; name where clients reach the APIs`);
  }
  const unfit = origins.find((origin) => !Token.isUnresolved(origin) && !isOrigin(origin));
  if (unfit === undefined) return;
  throw new ConfigurationError(scope,
    `'origins' must be https, a host in lower case and a port other than 443 if any, got '${unfit}'; write for example 'https://api.example.com'`);
}

function isOrigin(text: string): boolean {
  return text.startsWith('https://') && tryUrl(text)?.origin === text;
}
