import { App, Environment, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';

/** Where everything is deployed; a known account and Region, as in production. */
export const ENV: Environment = { account: '111111111111', region: 'eu-west-1' };

export const DOMAIN_NAME = 'api.example.com';
export const CERTIFICATE_ARN = `arn:aws:acm:${ENV.region}:${ENV.account}:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`;
export const ON_CALL = 'on-call@example.com';
export const ISSUER = { issuer: 'https://login.example.com/', audiences: [`https://${DOMAIN_NAME}`] };
export const SCOPE = 'orders:write';

/** Body of the POST route. */
export const ORDER: apigateway.JsonSchema = {
  type: apigateway.JsonSchemaType.OBJECT,
  additionalProperties: false,
  required: ['orderId', 'lines'],
  properties: {
    orderId: { type: apigateway.JsonSchemaType.STRING, minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' },
    lines: {
      type: apigateway.JsonSchemaType.ARRAY,
      minItems: 1,
      maxItems: 100,
      items: {
        type: apigateway.JsonSchemaType.OBJECT,
        additionalProperties: false,
        required: ['sku', 'quantity'],
        properties: {
          sku: { type: apigateway.JsonSchemaType.STRING, minLength: 1, maxLength: 64 },
          quantity: { type: apigateway.JsonSchemaType.INTEGER, minimum: 1, maximum: 10000 },
        },
      },
    },
  },
};

/** What each API says of itself. */
export const DESCRIPTION = 'Partners place orders; internal systems look them up';

/** Base path of an API below the domain. */
export function basePath(api: number): string {
  return `orders-${api}`;
}

/** Function that answers the GET route of an API; it belongs to another app. */
export function lookupArn(api: number): string {
  return `arn:aws:lambda:${ENV.region}:${ENV.account}:function:lookup-${api}`;
}

/** Gives each API a place: in stacks of `perStack`, since a stack holds at most 500 resources (AWS CloudFormation User Guide, "quotas"). */
export function placeApis(app: App, apis: number, perStack: number, add: (stack: Stack, api: number) => void): void {
  for (let first = 1; first <= apis; first += perStack) {
    const stack = new Stack(app, `Apis${first}`, { env: ENV });
    for (let api = first; api < Math.min(first + perStack, apis + 1); api++) add(stack, api);
  }
}
