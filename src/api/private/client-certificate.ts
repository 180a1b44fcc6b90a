import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

/** Gives a stage the certificate by which backends see that this API asks, made for the first route that needs it. */
export function presentCertificate(api: Construct, apiName: string, stage: apigateway.CfnStage): void {
  if (api.node.tryFindChild('ClientCertificate')) return;
  stage.clientCertificateId = new apigateway.CfnClientCertificate(api, 'ClientCertificate', { description: `Shows backends that ${apiName} asks` }).ref;
}
