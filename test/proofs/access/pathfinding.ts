/**
 * Ways to more rights: what each takes, as actions; `pass:` is to pass a role to that service.
 *
 * Source: DataDog, pathfinding.cloud (github.com/DataDog/pathfinding.cloud, `data/paths`), the required permissions of each path of AWS; read on
 * 2026-11-25 as of 2025-12-17 (84dd65c), and what was added or numbered anew by ecc3d09.
 */
const REQUIRED: Readonly<Record<string, string>> = {
  'apprunner-001': 'pass:tasks.apprunner apprunner:CreateService',
  'apprunner-002': 'apprunner:UpdateService',
  'batch-001': 'pass:ecs-tasks batch:RegisterJobDefinition batch:SubmitJob',
  'batch-002': 'batch:SubmitJob',
  'batch-003': 'pass:ecs-tasks batch:CreateComputeEnvironment batch:CreateJobQueue batch:RegisterJobDefinition batch:SubmitJob',
  'bedrock-001': 'pass:bedrock-agentcore bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession '
    + 'bedrock-agentcore:InvokeCodeInterpreter',
  'bedrock-002': 'bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter',
  'bedrock-003': 'pass:bedrock-agentcore bedrock-agentcore:CreateAgentRuntime bedrock-agentcore:CreateAgentRuntimeEndpoint '
    + 'bedrock-agentcore:CreateWorkloadIdentity bedrock-agentcore:InvokeAgentRuntimeCommand',
  'bedrock-004': 'bedrock-agentcore:InvokeAgentRuntimeCommand',
  'bedrock-005': 'pass:bedrock-agentcore bedrock-agentcore:CreateHarness bedrock-agentcore:CreateAgentRuntime '
    + 'bedrock-agentcore:CreateAgentRuntimeEndpoint bedrock-agentcore:CreateWorkloadIdentity bedrock-agentcore:GetAgentRuntime '
    + 'bedrock-agentcore:GetHarness bedrock-agentcore:InvokeAgentRuntimeCommand',
  'bedrock-006': 'pass:bedrock-agentcore bedrock-agentcore:CreateBrowser bedrock-agentcore:StartBrowserSession '
    + 'bedrock-agentcore:ConnectBrowserAutomationStream',
  'bedrock-007': 'bedrock-agentcore:StartBrowserSession bedrock-agentcore:ConnectBrowserAutomationStream',
  'braket-001': 'pass:braket braket:CreateJob',
  'cloudformation-001': 'pass:cloudformation cloudformation:CreateStack',
  'cloudformation-002': 'cloudformation:UpdateStack',
  'cloudformation-003': 'pass:cloudformation cloudformation:CreateStackSet cloudformation:CreateStackInstances',
  'cloudformation-004': 'pass:cloudformation cloudformation:UpdateStackSet',
  'cloudformation-005': 'cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet',
  'codebuild-001': 'pass:codebuild codebuild:CreateProject codebuild:StartBuild',
  'codebuild-002': 'codebuild:StartBuild',
  'codebuild-003': 'codebuild:StartBuildBatch',
  'codebuild-004': 'pass:codebuild codebuild:CreateProject codebuild:StartBuildBatch',
  'codedeploy-001': 'codedeploy:CreateDeployment codedeploy:RegisterApplicationRevision codedeploy:GetDeploymentConfig',
  'cognitoidentity-001': 'pass:cognito-identity cognito-identity:SetIdentityPoolRoles',
  'datapipeline-001': 'pass:datapipeline datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline',
  'ec2-001': 'pass:ec2 ec2:RunInstances',
  'ec2-002': 'ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances',
  'ec2-003': 'ec2-instance-connect:SendSSHPublicKey ec2:DescribeInstances',
  'ec2-004': 'pass:ec2 ec2:RequestSpotInstances',
  'ec2-005': 'ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate',
  'ecs-001': 'pass:ecs-tasks ecs:CreateCluster ecs:RegisterTaskDefinition ecs:CreateService',
  'ecs-002': 'pass:ecs-tasks ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask',
  'ecs-003': 'pass:ecs-tasks ecs:RegisterTaskDefinition ecs:CreateService',
  'ecs-004': 'pass:ecs-tasks ecs:RegisterTaskDefinition ecs:RunTask',
  'ecs-005': 'pass:ecs-tasks ecs:RegisterTaskDefinition ecs:StartTask',
  'ecs-006': 'ecs:ExecuteCommand ecs:DescribeTasks',
  'ecs-007': 'pass:ecs-tasks ecs:StartTask ecs:RegisterContainerInstance',
  'ecs-008': 'pass:ecs-tasks ecs:RunTask',
  'ecs-009': 'pass:ecs-tasks ecs:StartTask',
  'emr-001': 'pass:ec2 elasticmapreduce:RunJobFlow',
  'emrserverless-001': 'pass:emr-serverless emr-serverless:CreateApplication emr-serverless:StartJobRun',
  'gamelift-001': 'pass:gamelift gamelift:CreateBuild gamelift:CreateFleet gamelift:RequestUploadCredentials',
  'glue-001': 'pass:glue glue:CreateDevEndpoint',
  'glue-002': 'glue:UpdateDevEndpoint',
  'glue-003': 'pass:glue glue:CreateJob glue:StartJobRun',
  'glue-004': 'pass:glue glue:CreateJob glue:CreateTrigger',
  'glue-005': 'pass:glue glue:UpdateJob glue:StartJobRun',
  'glue-006': 'pass:glue glue:UpdateJob glue:CreateTrigger',
  'glue-007': 'pass:glue glue:CreateSession glue:RunStatement',
  'iam-001': 'iam:CreatePolicyVersion',
  'iam-002': 'iam:CreateAccessKey',
  'iam-003': 'iam:CreateAccessKey iam:DeleteAccessKey',
  'iam-004': 'iam:CreateLoginProfile',
  'iam-005': 'iam:PutRolePolicy',
  'iam-006': 'iam:UpdateLoginProfile',
  'iam-007': 'iam:PutUserPolicy',
  'iam-008': 'iam:AttachUserPolicy',
  'iam-009': 'iam:AttachRolePolicy',
  'iam-010': 'iam:AttachGroupPolicy',
  'iam-011': 'iam:PutGroupPolicy',
  'iam-012': 'iam:UpdateAssumeRolePolicy',
  'iam-013': 'iam:AddUserToGroup',
  'iam-014': 'iam:AttachRolePolicy sts:AssumeRole',
  'iam-015': 'iam:AttachUserPolicy iam:CreateAccessKey',
  'iam-016': 'iam:CreatePolicyVersion sts:AssumeRole',
  'iam-017': 'iam:PutRolePolicy sts:AssumeRole',
  'iam-018': 'iam:PutUserPolicy iam:CreateAccessKey',
  'iam-019': 'iam:AttachRolePolicy iam:UpdateAssumeRolePolicy',
  'iam-020': 'iam:CreatePolicyVersion iam:UpdateAssumeRolePolicy',
  'iam-021': 'iam:PutRolePolicy iam:UpdateAssumeRolePolicy',
  'imagebuilder-001': 'pass:ec2 imagebuilder:CreateComponent imagebuilder:CreateImageRecipe imagebuilder:CreateInfrastructureConfiguration '
    + 'imagebuilder:CreateImage',
  'kinesisanalytics-001': 'pass:kinesisanalytics kinesisanalytics:CreateApplication kinesisanalytics:StartApplication',
  'lambda-001': 'pass:lambda lambda:CreateFunction lambda:InvokeFunction',
  'lambda-002': 'pass:lambda lambda:CreateFunction lambda:CreateEventSourceMapping',
  'lambda-003': 'lambda:UpdateFunctionCode',
  'lambda-004': 'lambda:UpdateFunctionCode lambda:InvokeFunction',
  'lambda-005': 'lambda:UpdateFunctionCode lambda:AddPermission',
  'lambda-006': 'pass:lambda lambda:CreateFunction lambda:AddPermission',
  'omics-001': 'pass:omics omics:CreateWorkflow omics:StartRun s3:GetObject',
  'sagemaker-001': 'pass:sagemaker sagemaker:CreateNotebookInstance',
  'sagemaker-002': 'pass:sagemaker sagemaker:CreateTrainingJob',
  'sagemaker-003': 'pass:sagemaker sagemaker:CreateProcessingJob',
  'sagemaker-004': 'sagemaker:CreatePresignedNotebookInstanceUrl',
  'sagemaker-005': 'sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance sagemaker:UpdateNotebookInstance '
    + 'sagemaker:StartNotebookInstance',
  'ssm-001': 'ssm:StartSession',
  'ssm-002': 'ssm:SendCommand',
  'ssm-003': 'pass:ssm ssm:CreateDocument ssm:StartAutomationExecution',
  'sts-001': 'sts:AssumeRole',
};

/** One way: its name in the list, and the actions that it takes. */
export interface Way {
  readonly id: string;
  readonly takes: readonly string[];
}

export const WAYS: readonly Way[] = Object.entries(REQUIRED).map(([id, takes]) => ({ id, takes: takes.split(' ') }));

/**
 * What the boundary leaves open to a role that may do everything else, and why it does. The roles' own rights close it.
 *
 * A boundary that left no functions to make would leave little of integrations; whose roles may be passed is for the policies of a role to name. A role
 * that trusts the whole account asks for it: what may be taken on is for its trust policy to say.
 */
export const LEFT_OPEN: readonly string[] = ['lambda-001', 'lambda-002', 'lambda-003', 'lambda-004', 'lambda-005', 'lambda-006', 'sts-001'];
