import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { EncryptedLogGroup } from '../../storage';
import { IApiPlatform } from '../api-platform-ref';

/** Makes the log group of the executions of an API, which API Gateway would make itself, without a key and for ever. */
export function logExecutions(api: Construct, restApi: apigateway.RestApi, platform: IApiPlatform, foundation: IFoundation): void {
  const stage = restApi.deploymentStage.node.defaultChild as apigateway.CfnStage;
  const { logGroup } = new EncryptedLogGroup(api, 'ExecutionLog', {
    foundation,
    logGroupName: `API-Gateway-Execution-Logs_${restApi.restApiId}/${stage.stageName}`,
  });
  stage.node.addDependency(logGroup);
  const account = platform.node.tryFindChild('Account');
  if (account) stage.node.addDependency(account);
}
