import { App, Duration, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { api, foundation, storage } from '../../src';
import { Contender } from '../frame/contender';
import { basePath, CERTIFICATE_ARN, DESCRIPTION, DOMAIN_NAME, ENV, ISSUER, lookupArn, ON_CALL, ORDER, placeApis, SCOPE } from '../workload';

/** The APIs of `examples/partner-hub/orders-api.ts`, without its functions. */
export const contender: Contender = {
  title: 'this library',
  sameResources: true,
  build(app: App, apis: number) {
    const stack = new Stack(app, 'Shared', { env: ENV });
    const common = { foundation: new foundation.Foundation(stack, 'Foundation', { alertEmails: [ON_CALL] }) };
    const domain = new api.ApiDomain(stack, 'Domain', {
      domainName: DOMAIN_NAME,
      certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE_ARN),
    });
    const partners = new api.OidcAuthorizer(stack, 'Partners', { ...common, issuers: [ISSUER] });

    placeApis(app, apis, 10, (scope, index) => {
      const placed = new storage.IntegrationQueue(scope, `Placed${index}`, { ...common, visibilityTimeout: Duration.minutes(1) });
      const lookup = lambda.Function.fromFunctionArn(scope, `Lookup${index}`, lookupArn(index));
      const orders = new api.IntegrationApi(scope, `Orders${index}`, { ...common, description: DESCRIPTION, domain, basePath: basePath(index) });
      orders.addRoute(api.HttpMethod.POST, '/orders', {
        integration: api.Integration.queue(placed.queue),
        authorization: api.Authorization.oidc(partners, SCOPE),
        body: ORDER,
        rateLimit: 20,
        burstLimit: 40,
      });
      orders.addRoute(api.HttpMethod.GET, '/orders/{orderId}', {
        integration: api.Integration.lambdaFunction(lookup),
        authorization: api.Authorization.iam(),
      });
    });
  },
};
