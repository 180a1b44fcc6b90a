import { Tags } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IApiDomain } from './api-domain-ref';
import { MUTUAL_TLS_TAG } from '../compliance';
import { requireMatch } from '../private';

/** The authorities whose client certificates a domain accepts. */
export interface TrustStore {
  /** Bucket of the file; API Gateway reads it when the domain is created or changed. */
  readonly bucket: s3.IBucket;

  /** Key of the file: certificates of authorities, PEM, from the root on. */
  readonly key: string;

  /** Version of the file, so that nobody changes who is trusted by overwriting it. */
  readonly version: string;
}

/** Properties of an `ApiDomain`. */
export interface ApiDomainProps {
  /** Name that clients use, for example `api.example.com`. */
  readonly domainName: string;

  /** Certificate for the name, of the same Region. */
  readonly certificate: acm.ICertificate;

  /**
   * Asks each client for a certificate of these authorities (mutual TLS, RFC 8446, 4.3.2). It proves that somebody trusted calls, and not who
   * calls: each route keeps its own authorization. The domain then accepts TLS 1.2 alone.
   *
   * @default - clients need no certificate
   */
  readonly trustStore?: TrustStore;

  /**
   * TLS versions and ciphers that are accepted, one that starts with `TLS13_1_`. With a trust store, API Gateway offers `TLS_1_2` alone
   * (API Gateway Developer Guide, "Choose a security policy for your custom domain in API Gateway").
   *
   * @default apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09, which is TLS 1.3 and 1.2 with forward secrecy and hybrid post-quantum key exchange
   */
  readonly securityPolicy?: apigateway.SecurityPolicy;

  /**
   * Zone in which records for the name are created, IPv4 and IPv6.
   *
   * @default - no records; create them for `domain.domainNameAliasDomainName`
   */
  readonly hostedZone?: route53.IHostedZone;
}

/**
 * A custom domain that several APIs share, each under a base path.
 *
 * It accepts TLS 1.2 and newer with an enhanced security policy, and only requests whose SNI and Host name it (strict endpoint access). With
 * a trust store it accepts TLS 1.2, and only clients with a certificate.
 *
 * @example
 * declare const certificate: acm.ICertificate;
 * const domain = new api.ApiDomain(this, 'Domain', { domainName: 'api.example.com', certificate });
 * new api.IntegrationApi(this, 'Orders', { domain, basePath: 'orders' });
 */
export class ApiDomain extends Construct implements IApiDomain {
  /** Refers to a custom domain that another app owns, whose TLS settings are that app's. */
  public static fromDomainNameAttributes(scope: Construct, id: string, attributes: apigateway.DomainNameAttributes): IApiDomain {
    class Imported extends Construct implements IApiDomain {
      public readonly domain = apigateway.DomainName.fromDomainNameAttributes(this, 'Resource', attributes);
    }
    return new Imported(scope, id);
  }

  public readonly domain: apigateway.IDomainName;
  public readonly mutualTls?: boolean;

  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    super(scope, id);

    requireMatch(this, 'domainName', props.domainName, /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/, 'a domain name in lower case', "write for example 'api.example.com'");
    const enhanced = props.trustStore === undefined;
    const securityPolicy = props.securityPolicy
      ?? (enhanced ? apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09 : apigateway.SecurityPolicy.TLS_1_2);
    if (enhanced) {
      requireMatch(this, 'securityPolicy', securityPolicy, /^SecurityPolicy_TLS13_1_/, 'an enhanced policy of a regional domain',
        'choose one of apigateway.SecurityPolicy that starts with TLS13_1_');
    } else {
      requireMatch(this, 'securityPolicy', securityPolicy, /^TLS_1_2$/, 'TLS_1_2 for a domain with a trust store',
        'leave it out, API Gateway combines no enhanced policy with mutual TLS');
    }

    const domain = new apigateway.DomainName(this, 'Resource', {
      domainName: props.domainName,
      certificate: props.certificate,
      endpointType: apigateway.EndpointType.REGIONAL,
      securityPolicy,
      endpointAccessMode: enhanced ? apigateway.EndpointAccessMode.STRICT : undefined,
      mtls: props.trustStore,
    });
    // A template that has lost its trust store still says that it is meant to have one, and API-MUTUAL-TLS reports it.
    if (props.trustStore) Tags.of(domain).add(MUTUAL_TLS_TAG, 'required');
    this.domain = domain;
    this.mutualTls = !enhanced;

    if (props.hostedZone) {
      const target = route53.RecordTarget.fromAlias(new targets.ApiGatewayDomain(domain));
      new route53.ARecord(this, 'Ipv4', { zone: props.hostedZone, recordName: `${props.domainName}.`, target });
      new route53.AaaaRecord(this, 'Ipv6', { zone: props.hostedZone, recordName: `${props.domainName}.`, target });
    }
  }
}
