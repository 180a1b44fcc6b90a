import { Mixin, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing } from '../../private';

/**
 * Shuts the `execute-api` name of an API, which leads past the TLS policy and the mutual TLS of its domain. Applies control
 * `API-DEFAULT-ENDPOINT`.
 *
 * Apply it to APIs that a domain leads to: nobody can call another one any more. A REST API has to be deployed again for the change to show.
 *
 * @example
 * new apigateway.CfnRestApi(this, 'Orders', { name: 'orders' }).with(new api.mixins.ApiDefaultEndpoint());
 */
export class ApiDefaultEndpoint extends Mixin {
  public supports(construct: IConstruct): construct is apigateway.CfnRestApi | apigatewayv2.CfnApi {
    return apigateway.CfnRestApi.isCfnRestApi(construct) || apigatewayv2.CfnApi.isCfnApi(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.disableExecuteApiEndpoint = true;
    guardAgainstUndoing(construct, {
      control: 'API-DEFAULT-ENDPOINT',
      mixin: 'api.mixins.ApiDefaultEndpoint',
      demand: "'DisableExecuteApiEndpoint' must be true",
      holds: ({ Properties }) => Properties?.DisableExecuteApiEndpoint === true,
    });
  }
}

type Endpoint = apigateway.CfnDomainName | apigateway.CfnDomainNameV2 | apigateway.CfnRestApi;

/**
 * Takes only requests that came by the endpoint's own type and name the host of their TLS handshake. Applies control
 * `API-ENDPOINT-ACCESS-MODE`.
 *
 * It leaves endpoints alone whose security policy knows no such mode: `TLS_1_0`, `TLS_1_2` or none. To change a live endpoint, AWS advises
 * to go through mode BASIC first, and to look at the access log for requests that STRICT would refuse (Amazon API Gateway Developer Guide,
 * "Security policies for REST APIs in API Gateway").
 */
export class ApiEndpointAccessMode extends Mixin {
  public supports(construct: IConstruct): construct is Endpoint {
    return isEndpoint(construct) && construct.securityPolicy !== undefined
      && (Token.isUnresolved(construct.securityPolicy) || construct.securityPolicy.startsWith('SecurityPolicy_'));
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.endpointAccessMode = apigateway.EndpointAccessMode.STRICT;
    guardAgainstUndoing(construct, {
      control: 'API-ENDPOINT-ACCESS-MODE',
      mixin: 'api.mixins.ApiEndpointAccessMode',
      demand: "'EndpointAccessMode' must be STRICT",
      holds: ({ Properties }) => Properties?.EndpointAccessMode === 'STRICT',
    });
  }
}

function isEndpoint(construct: IConstruct): construct is Endpoint {
  return apigateway.CfnDomainName.isCfnDomainName(construct) || apigateway.CfnDomainNameV2.isCfnDomainNameV2(construct)
    || apigateway.CfnRestApi.isCfnRestApi(construct);
}
