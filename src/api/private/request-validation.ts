import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

/** The validator of an API, which all routes share. */
export function requestValidator(api: Construct, restApi: apigateway.RestApi): apigateway.RequestValidator {
  return api.node.tryFindChild('Validator') as apigateway.RequestValidator | undefined
    ?? new apigateway.RequestValidator(api, 'Validator', { restApi, validateRequestBody: true, validateRequestParameters: true });
}

/** The model of a schema. Routes with the same schema share it. */
export function requestModel(api: Construct, restApi: apigateway.RestApi, schema: apigateway.JsonSchema): apigateway.Model {
  const id = `Body${createHash('sha256').update(JSON.stringify(Stack.of(api).resolve(schema))).digest('hex').slice(0, 8)}`;
  return api.node.tryFindChild(id) as apigateway.Model | undefined ?? new apigateway.Model(api, id, { restApi, schema });
}
