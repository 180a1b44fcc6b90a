import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { api, foundation } from '../../src';

/** A report of a carrier. */
const REPORT: apigateway.JsonSchema = {
  type: apigateway.JsonSchemaType.OBJECT,
  properties: {
    orderId: { type: apigateway.JsonSchemaType.STRING, pattern: '^[A-Z0-9-]{1,32}$', maxLength: 32 },
    state: { type: apigateway.JsonSchemaType.STRING, enum: ['picked-up', 'on-its-way', 'delivered', 'returned'] },
  },
  required: ['orderId', 'state'],
  additionalProperties: false,
};

/** Somebody who ships orders. */
export interface Carrier {
  readonly name: string;
  /** Ranges of addresses that the carrier calls from. */
  readonly cidrs: string[];
  /** First day on which its contract no longer holds. */
  readonly contractEnds: string;
}

/** Properties of a `ShipmentsApi`. */
export interface ShipmentsApiProps {
  readonly foundation: foundation.IFoundation;
  readonly domain: api.IApiDomain;
  /** Whose keys let a carrier report. */
  readonly keys: api.BearerKeyAuthorizer;
  readonly carriers: readonly Carrier[];
  /** Where whoever wants to know of shipments listens. */
  readonly shipments: events.IEventBus;
}

/** Carriers, whose systems know no OAuth, report by scoped keys how shipments get on; a bus tells whoever listens. */
export class ShipmentsApi extends Construct {
  constructor(scope: Construct, id: string, props: ShipmentsApiProps) {
    super(scope, id);

    const shipments = new api.IntegrationApi(this, 'Api', {
      foundation: props.foundation,
      description: 'Carriers report how shipments get on',
      domain: props.domain,
      basePath: 'shipments',
    });
    const report = shipments.addRoute(api.HttpMethod.POST, '/reports', {
      integration: api.Integration.eventBus(props.shipments, { source: 'shipments.api', detailType: 'ShipmentReported' }),
      authorization: api.Authorization.bearerKey(props.keys, 'shipments:report'),
      body: REPORT,
    });
    for (const { name, cidrs, contractEnds } of props.carriers) {
      shipments.addConsumer(name, {
        access: api.ConsumerAccess.bearerKey(props.keys),
        scopes: ['shipments:report'],
        cidrs,
        expires: contractEnds,
        methodLimits: [{ route: report, rateLimit: 5, burstLimit: 10 }],
      });
    }
  }
}
