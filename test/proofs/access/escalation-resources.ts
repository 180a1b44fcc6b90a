import { ACCOUNT, REGION } from './deployed';

/**
 * Something that each action of the list is for, as the service and what comes after the account; actions that take no resource are not among them
 * (Service Authorization Reference).
 */
const RESOURCES: ReadonlyArray<readonly [resource: string, actions: string]> = [
  ['apprunner:service/web/1', 'apprunner:CreateService apprunner:UpdateService'],
  ['batch:compute-environment/jobs', 'batch:CreateComputeEnvironment'],
  ['batch:job-queue/jobs', 'batch:CreateJobQueue'],
  ['batch:job-definition/nightly', 'batch:RegisterJobDefinition'],
  ['batch:job/nightly', 'batch:SubmitJob'],
  ['bedrock-agentcore:runtime/agent', 'bedrock-agentcore:CreateAgentRuntimeEndpoint bedrock-agentcore:GetAgentRuntime '
    + 'bedrock-agentcore:InvokeAgentRuntimeCommand'],
  ['bedrock-agentcore:workload-identity-directory/default/workload-identity/agent', 'bedrock-agentcore:CreateWorkloadIdentity'],
  ['bedrock-agentcore:harness/agent', 'bedrock-agentcore:GetHarness'],
  ['arn:aws:bedrock-agentcore:eu-west-1:aws:code-interpreter/agent', 'bedrock-agentcore:InvokeCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession'],
  ['arn:aws:bedrock-agentcore:eu-west-1:aws:browser/agent', 'bedrock-agentcore:StartBrowserSession'],
  ['arn:aws:braket:::device/quantum-simulator/amazon/sv1', 'braket:CreateJob'],
  ['cloudformation:stack/Live-Orders/1', 'cloudformation:CreateChangeSet cloudformation:CreateStack cloudformation:ExecuteChangeSet '
    + 'cloudformation:UpdateStack'],
  ['cloudformation:stackset/baseline:1', 'cloudformation:CreateStackInstances cloudformation:UpdateStackSet'],
  ['codebuild:project/pipeline', 'codebuild:CreateProject codebuild:StartBuild codebuild:StartBuildBatch'],
  ['codedeploy:deploymentgroup:web/live', 'codedeploy:CreateDeployment'],
  ['codedeploy:deploymentconfig:all', 'codedeploy:GetDeploymentConfig'],
  ['codedeploy:application:web', 'codedeploy:RegisterApplicationRevision'],
  ['datapipeline:pipeline/df-1', 'datapipeline:ActivatePipeline datapipeline:PutPipelineDefinition'],
  ['ec2:instance/i-0a1b2c3d4e5f60718', 'ec2-instance-connect:SendSSHPublicKey ec2:ModifyInstanceAttribute ec2:StartInstances ec2:StopInstances'],
  ['ec2:launch-template/lt-1', 'ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate'],
  ['ec2:spot-instances-request/sir-1', 'ec2:RequestSpotInstances'],
  ['arn:aws:ec2:eu-west-1::image/ami-1', 'ec2:RunInstances'],
  ['ecs:cluster/live', 'ecs:CreateCluster ecs:ExecuteCommand ecs:RegisterContainerInstance'],
  ['ecs:service/live/web', 'ecs:CreateService'],
  ['ecs:task/live/1', 'ecs:DescribeTasks'],
  ['ecs:task-definition/web:1', 'ecs:RegisterTaskDefinition ecs:RunTask ecs:StartTask'],
  ['emr-serverless:/applications/1', 'emr-serverless:StartJobRun'],
  ['gamelift:build/1', 'gamelift:RequestUploadCredentials'],
  ['glue:job/etl', 'glue:CreateJob glue:StartJobRun glue:UpdateJob'],
  ['glue:session/etl', 'glue:CreateSession glue:RunStatement'],
  ['glue:trigger/etl', 'glue:CreateTrigger'],
  ['glue:devEndpoint/etl', 'glue:UpdateDevEndpoint'],
  ['iam:group/admins', 'iam:AddUserToGroup iam:AttachGroupPolicy iam:PutGroupPolicy'],
  ['iam:role/admin', 'iam:AttachRolePolicy iam:PassRole iam:PutRolePolicy iam:UpdateAssumeRolePolicy sts:AssumeRole'],
  ['iam:user/victim', 'iam:AttachUserPolicy iam:CreateAccessKey iam:CreateLoginProfile iam:DeleteAccessKey iam:PutUserPolicy iam:UpdateLoginProfile'],
  ['iam:policy/custom', 'iam:CreatePolicyVersion'],
  ['imagebuilder:component/base/1.0.0/1', 'imagebuilder:CreateComponent'],
  ['imagebuilder:image/base/1.0.0/1', 'imagebuilder:CreateImage'],
  ['imagebuilder:image-recipe/base/1.0.0', 'imagebuilder:CreateImageRecipe'],
  ['imagebuilder:infrastructure-configuration/base', 'imagebuilder:CreateInfrastructureConfiguration'],
  ['kinesisanalytics:application/flink', 'kinesisanalytics:StartApplication'],
  ['lambda:function:privileged', 'lambda:AddPermission lambda:CreateFunction lambda:InvokeFunction lambda:UpdateFunctionCode'],
  ['omics:run/1', 'omics:StartRun'],
  ['arn:aws:s3:::exchange/credentials.json', 's3:GetObject'],
  ['sagemaker:notebook-instance/lab', 'sagemaker:CreateNotebookInstance sagemaker:CreatePresignedNotebookInstanceUrl sagemaker:StartNotebookInstance '
    + 'sagemaker:StopNotebookInstance sagemaker:UpdateNotebookInstance'],
  ['sagemaker:notebook-instance-lifecycle-config/lab', 'sagemaker:CreateNotebookInstanceLifecycleConfig'],
  ['sagemaker:processing-job/1', 'sagemaker:CreateProcessingJob'],
  ['sagemaker:training-job/1', 'sagemaker:CreateTrainingJob'],
  ['ssm:document/AWS-RunShellScript', 'ssm:CreateDocument ssm:SendCommand ssm:StartSession'],
  ['ssm:automation-execution/1', 'ssm:StartAutomationExecution'],
];

const RESOURCE_OF = new Map(RESOURCES.flatMap(([resource, actions]) => actions.split(' ').map((action) => [action, arnOf(resource)] as const)));

/** ARN of something that an action is for; `*` where it takes none. */
export function resourceOf(action: string): string {
  return RESOURCE_OF.get(action) ?? '*';
}

function arnOf(resource: string): string {
  if (resource.startsWith('arn:')) return resource;
  const [service, ...rest] = resource.split(':');
  return `arn:aws:${service}:${service === 'iam' ? '' : REGION}:${ACCOUNT}:${rest.join(':')}`;
}
