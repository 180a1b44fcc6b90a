import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { api } from '../../../src';

const { mixins } = api;
const { SecurityPolicy } = apigateway;

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

const domain = (props: apigateway.CfnDomainNameProps = {}) => new apigateway.CfnDomainName(stack, 'Domain', props);
const properties = () => Object.values<any>(Template.fromStack(stack).toJSON().Resources)[0].Properties;

describe('TLS', () => {
  test('begins at 1.2', () => {
    domain().with(new mixins.DomainTls());
    expect(properties()).toEqual({ SecurityPolicy: 'TLS_1_2' });
  });

  test.each(['TLS_1_0', 'SecurityPolicy_TLS13_1_0_2030'])('replaces %s', (securityPolicy) => {
    domain({ securityPolicy }).with(new mixins.DomainTls());
    expect(properties()).toEqual({ SecurityPolicy: 'TLS_1_2' });
  });

  test('does not weaken a policy that is newer', () => {
    domain({ securityPolicy: SecurityPolicy.TLS13_1_3_2025_09, endpointAccessMode: 'BASIC' }).with(new mixins.DomainTls());
    expect(properties()).toEqual({ SecurityPolicy: SecurityPolicy.TLS13_1_3_2025_09, EndpointAccessMode: 'BASIC' });
  });

  test('takes the policy that is asked for, with the mode that it needs', () => {
    domain({ securityPolicy: 'TLS_1_2' }).with(new mixins.DomainTls(SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09));
    expect(properties()).toEqual({ SecurityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09, EndpointAccessMode: 'STRICT' });
  });

  test('is that of a private domain as well', () => {
    new apigateway.CfnDomainNameV2(stack, 'Domain').with(new mixins.DomainTls());
    expect(properties()).toEqual({ SecurityPolicy: 'TLS_1_2' });
  });

  test('is that of the endpoint of an API as well', () => {
    new apigateway.CfnRestApi(stack, 'Orders', { name: 'orders' }).with(new mixins.DomainTls());
    expect(properties()).toEqual({ Name: 'orders', SecurityPolicy: 'TLS_1_2' });
  });

  test('of a domain of HTTP APIs is left to API Gateway, unless an old one is stated', () => {
    const domainNameConfigurations = [{ endpointType: 'REGIONAL' }, { securityPolicy: 'TLS_1_0' }, { securityPolicy: 'TLS_1_2' }];
    new apigatewayv2.CfnDomainName(stack, 'Domain', { domainName: 'api.example.com', domainNameConfigurations }).with(new mixins.DomainTls());
    expect(properties().DomainNameConfigurations).toEqual([{ EndpointType: 'REGIONAL' }, { SecurityPolicy: 'TLS_1_2' }, { SecurityPolicy: 'TLS_1_2' }]);
  });

  test('of a domain of HTTP APIs is not undone without a word', () => {
    const undone = new apigatewayv2.CfnDomainName(stack, 'Domain', { domainName: 'api.example.com', domainNameConfigurations: [{}] });
    undone.with(new mixins.DomainTls());
    undone.addPropertyOverride('DomainNameConfigurations.0.SecurityPolicy', 'TLS_1_0');
    expect(() => Template.fromStack(stack)).toThrow("API-TLS does not hold although api.mixins.DomainTls applied it: 'SecurityPolicy' of each configuration must be modern");
  });

  test('is not for TLS 1.0', () => {
    expect(() => domain().with(new mixins.DomainTls(SecurityPolicy.TLS_1_0)))
      .toThrow("[Stack/Domain] 'securityPolicy' must be newer than TLS_1_0, got 'TLS_1_0'; choose for example SecurityPolicy.TLS_1_2");
  });
});

describe('mutual TLS', () => {
  const trust = (version = 'v7') => new mixins.DomainMutualTls(s3.Bucket.fromBucketName(stack, 'Trust', 'trust-111122223333'), 'partners.pem', version);
  const STORE = { TruststoreUri: 's3://trust-111122223333/partners.pem', TruststoreVersion: 'v7' };

  test('names the trust store and its version, and says that it is needed', () => {
    domain({ tags: [{ key: 'team', value: 'edi' }] }).with(trust());
    expect(properties()).toEqual({
      MutualTlsAuthentication: STORE,
      Tags: [{ Key: 'cdk-secure-integrations:mutual-tls', Value: 'required' }, { Key: 'team', Value: 'edi' }],
    });
  });

  test('is that of an HTTP API as well', () => {
    new apigatewayv2.CfnDomainName(stack, 'Domain', { domainName: 'api.example.com' }).with(trust());
    expect(properties()).toMatchObject({ MutualTlsAuthentication: STORE, Tags: { 'cdk-secure-integrations:mutual-tls': 'required' } });
  });

  test('refers to a bucket of the app', () => {
    const bucket = new s3.Bucket(stack, 'Store', { versioned: true });
    domain().with(new mixins.DomainMutualTls(bucket, 'partners.pem', 'v7'));
    Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::DomainName', {
      MutualTlsAuthentication: { TruststoreUri: { 'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp('Store') }, '/partners.pem']] } },
    });
  });

  test.each(['', ' '])("refuses the version '%s'", (version) => {
    expect(() => domain().with(trust(version)))
      .toThrow(`[Stack/Domain] 'version' must be the version id of the trust store, got '${version}'; switch on the versions of the bucket and name one`);
  });
});
