import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { BoundIntegration, RouteBinding } from './bindings';
import { ConfigurationError, requireMatch } from '../../private';

/** Passes a request on to a server inside a network. */
export function upstreamIntegration(route: RouteBinding, vpcLink: apigateway.IVpcLink, url: string): BoundIntegration {
  requireMatch(route.api, 'url', url, /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/, 'an https URL without user, query and fragment', "write for example 'https://orders.internal/v1'");
  const named = [...url.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  const unknown = named.find((name) => !route.pathParameters.includes(name));
  if (unknown !== undefined) {
    throw new ConfigurationError(route.api, `'url' of route '${route.name}' must name parameters of the path only, got '{${unknown}}'; name it in the path too`);
  }
  return {
    integration: new apigateway.HttpIntegration(url, {
      httpMethod: route.httpMethod,
      proxy: true,
      options: {
        connectionType: apigateway.ConnectionType.VPC_LINK,
        vpcLink,
        requestParameters: Object.fromEntries(named.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`])),
      },
    }),
    overHttp: true,
    takesBytes: true,
  };
}
