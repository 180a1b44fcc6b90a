import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import { api } from '../../src';

/** What each API asks for: an amount of money that moves. */
export const PAYMENT: apigateway.JsonSchema = {
  type: apigateway.JsonSchemaType.OBJECT,
  properties: {
    paymentId: { type: apigateway.JsonSchemaType.STRING, pattern: '^[A-Z0-9-]{1,32}$', maxLength: 32 },
    cents: { type: apigateway.JsonSchemaType.INTEGER, minimum: 1, maximum: 100_000_000 },
    currency: { type: apigateway.JsonSchemaType.STRING, pattern: '^[A-Z]{3}$', maxLength: 3 },
  },
  required: ['paymentId', 'cents', 'currency'],
  additionalProperties: false,
};

/** Tells whoever listens on a bus of what was asked for. */
export function tell(bus: events.IEventBus, detailType: string): api.Integration {
  return api.Integration.eventBus(bus, { source: 'payments.api', detailType });
}
