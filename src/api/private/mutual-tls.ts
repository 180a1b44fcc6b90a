import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { RouteBinding } from './bindings';

/** Has synthesis fail for an API that nobody could call, since an authorizer asks for the certificate that clients never present. */
export function requireMutualTls({ api, restApi, domain }: RouteBinding, authorizer: string): void {
  const bound = `since tokens that '${authorizer}' lets in are bound to client certificates`;
  api.node.addValidation({
    validate: () => [
      ...(domain && domain.mutualTls !== false ? []
        : [`'domain' must ask for client certificates, ${bound}, got ${domain ? 'one that does not' : 'none'}; give the API an ApiDomain with a trustStore`]),
      ...((restApi.node.defaultChild as apigateway.CfnRestApi).disableExecuteApiEndpoint === true || !domain ? []
        : [`'restApi.disableExecuteApiEndpoint' must be true, ${bound}, got another; leave it as IntegrationApi sets it, since that endpoint asks for none`]),
    ],
  });
}
