import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { IApiDomain } from '../api-domain-ref';

/**
 * The URL by which clients reach a path.
 *
 * The stage is named by its text: a function that is told its own URL by a reference to the stage would have to wait for a stage that waits
 * for the function.
 */
export function publicUrl(restApi: apigateway.RestApi, stage: string, path: string, domain?: IApiDomain, basePath?: string): string {
  if (domain) return `https://${domain.domain.domainName}${basePath === undefined ? '' : `/${basePath}`}${path}`;
  const { region, urlSuffix } = Stack.of(restApi);
  return `https://${restApi.restApiId}.execute-api.${region}.${urlSuffix}/${stage}${path}`;
}
