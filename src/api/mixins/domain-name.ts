import { Mixin } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { MUTUAL_TLS_TAG } from '../../compliance';
import { amended, guardAgainstUndoing, isIntrinsic, rendersTo, requireMatch, valueAt } from '../../private';

/** Policies that begin at TLS 1.2 or newer. */
const MODERN: readonly unknown[] = Object.values(apigateway.SecurityPolicy).filter((policy) => policy !== apigateway.SecurityPolicy.TLS_1_0);

/** What has a security policy of its own. */
type Endpoint = apigateway.CfnDomainName | apigateway.CfnDomainNameV2 | apigateway.CfnRestApi;

/**
 * Accepts TLS 1.2 and newer only, on a domain and on the `execute-api` endpoint of a REST API. Applies control `API-TLS`.
 *
 * A policy that is stated already stays if it is modern, unless another one is asked for. An enhanced policy (`SecurityPolicy_…`) needs an
 * endpoint access mode: it becomes STRICT where none is stated. A domain of HTTP and WebSocket APIs knows only `TLS_1_2`, and gets it where
 * it states another policy; their own endpoints take nothing older. A REST API has to be deployed again for the change to show.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.DomainTls());
 */
export class DomainTls extends Mixin {
  /** @param securityPolicy the policy; where it is left out, `TLS_1_2` for what has no modern one */
  constructor(private readonly securityPolicy?: apigateway.SecurityPolicy) {
    super();
  }

  public supports(construct: IConstruct): construct is Endpoint | apigatewayv2.CfnDomainName {
    return apigateway.CfnDomainName.isCfnDomainName(construct) || apigateway.CfnDomainNameV2.isCfnDomainNameV2(construct)
      || apigateway.CfnRestApi.isCfnRestApi(construct) || apigatewayv2.CfnDomainName.isCfnDomainName(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    requireMatch(construct, 'securityPolicy', this.securityPolicy ?? '', /^(?!TLS_1_0$)/, 'newer than TLS_1_0', 'choose for example SecurityPolicy.TLS_1_2');
    if (apigatewayv2.CfnDomainName.isCfnDomainName(construct)) return amendConfigurations(construct);
    const stated = MODERN.includes(construct.securityPolicy) ? construct.securityPolicy : undefined;
    const policy = this.securityPolicy ?? stated ?? apigateway.SecurityPolicy.TLS_1_2;
    construct.securityPolicy = policy;
    if (policy.startsWith('SecurityPolicy_')) construct.endpointAccessMode ??= apigateway.EndpointAccessMode.STRICT;
    guardAgainstUndoing(construct, {
      control: 'API-TLS',
      mixin: 'api.mixins.DomainTls',
      demand: `'SecurityPolicy' must be ${policy}`,
      holds: ({ Properties }) => Properties?.SecurityPolicy === policy,
    });
  }
}

type Configuration = apigatewayv2.CfnDomainName.DomainNameConfigurationProperty;

/** A configuration that states no policy has `TLS_1_2` from API Gateway ("Supported security policies", Default security policies). */
function amendConfigurations(domain: apigatewayv2.CfnDomainName): void {
  const accepts = (policy: unknown) => policy === undefined || MODERN.includes(policy);
  const raised = (each: Configuration) =>
    (isIntrinsic(each) || accepts(each.securityPolicy) ? each : { ...each, securityPolicy: apigateway.SecurityPolicy.TLS_1_2 });
  const current = domain.domainNameConfigurations as Configuration[] | undefined;
  domain.domainNameConfigurations = amended<Configuration[]>(current, (configurations = []) => configurations.map(raised));
  guardAgainstUndoing(domain, {
    control: 'API-TLS',
    mixin: 'api.mixins.DomainTls',
    demand: "'SecurityPolicy' of each configuration must be modern",
    holds: ({ Properties }) => {
      const configurations = Properties?.DomainNameConfigurations ?? [];
      return Array.isArray(configurations) && configurations.every((each) => !isIntrinsic(each) && accepts(valueAt(each, 'SecurityPolicy')));
    },
  });
}

/**
 * Asks each client of a domain for a certificate of a trust store. Applies control `API-MUTUAL-TLS`.
 *
 * The domain is tagged as one that needs mutual TLS, so that the control notices when a later line takes it away. Clients get past it as long
 * as the API answers to its `execute-api` name too: apply `ApiDefaultEndpoint` to the API. API Gateway reads the trust store when the domain
 * is updated, so a new version of the object takes effect with a new `version` here.
 *
 * @example
 * new apigateway.CfnDomainName(this, 'Domain').with(new api.mixins.DomainMutualTls(bucket, 'partners.pem', '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY'));
 */
export class DomainMutualTls extends Mixin {
  /**
   * @param bucket the versioned bucket of the trust store, of the same region as the domain
   * @param objectKey the PEM file with the certificates of the authorities that are trusted
   * @param version version id of the object
   */
  constructor(private readonly bucket: s3.IBucket, private readonly objectKey: string, private readonly version: string) {
    super();
  }

  public supports(construct: IConstruct): construct is apigateway.CfnDomainName | apigatewayv2.CfnDomainName {
    return apigateway.CfnDomainName.isCfnDomainName(construct) || apigatewayv2.CfnDomainName.isCfnDomainName(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    requireMatch(construct, 'version', this.version, /\S/, 'the version id of the trust store', 'switch on the versions of the bucket and name one');
    const truststoreUri = this.bucket.s3UrlForObject(this.objectKey);
    construct.mutualTlsAuthentication = { truststoreUri, truststoreVersion: this.version };
    construct.tags.setTag(MUTUAL_TLS_TAG, 'required');
    guardAgainstUndoing(construct, {
      control: 'API-MUTUAL-TLS',
      mixin: 'api.mixins.DomainMutualTls',
      demand: "'MutualTlsAuthentication' must name the trust store and its version",
      holds: ({ Properties }) => rendersTo(construct, valueAt(Properties, 'MutualTlsAuthentication.TruststoreUri'), truststoreUri)
        && rendersTo(construct, valueAt(Properties, 'MutualTlsAuthentication.TruststoreVersion'), this.version),
    });
  }
}
