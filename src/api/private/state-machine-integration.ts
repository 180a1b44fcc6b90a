import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { BoundIntegration, RouteBinding } from './bindings';
import { jsonString, serviceIntegration } from './service-integration';

/**
 * Starts a state machine with the body of a request (AWS Step Functions API Reference, StartExecution).
 *
 * The execution is named after the request, so that a caller who asks about a request finds it.
 */
export function stateMachineIntegration(route: RouteBinding, stateMachine: sfn.IStateMachine): BoundIntegration {
  iam.Grant.addToPrincipal({ grantee: route.role(), actions: ['states:StartExecution'], resourceArns: [stateMachine.stateMachineArn] });
  return serviceIntegration(route, {
    service: 'states',
    action: 'StartExecution',
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AWSStepFunctions.StartExecution' },
    template: `{"stateMachineArn":"${stateMachine.stateMachineArn}","name":"$context.requestId","input":${jsonString('$input.body')}}`,
  });
}
