import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { GuardedApi } from './naive/guarded-api';
import { Contender } from '../frame/contender';
import { CERTIFICATE_ARN, DOMAIN_NAME, ENV, placeApis } from '../workload';

/** The same backend as one writes it for one API and then copies: only the domain is shared, since a name exists once. */
export const contender: Contender = {
  title: 'nothing shared',
  sameResources: false,
  build(app: App, apis: number) {
    const shared = new Stack(app, 'Shared', { env: ENV });
    const domain = new apigateway.DomainName(shared, 'Domain', {
      domainName: DOMAIN_NAME, certificate: acm.Certificate.fromCertificateArn(shared, 'Certificate', CERTIFICATE_ARN),
    });
    placeApis(app, apis, 10, (stack, index) => new GuardedApi(stack, `Orders${index}`, domain, index));
  },
};
