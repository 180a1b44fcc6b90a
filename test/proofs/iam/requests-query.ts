import { Asked, Known, unknown } from './asked';
import { SeenRequest } from '../../runtime-e2e/bundle';

/** Operations that are about no resource in particular (Service Authorization Reference, "Amazon EC2"). */
const ON_ANYTHING = [
  'DescribeNetworkInterfaces', 'DescribeVpcEndpoints',
  'EnableEbsEncryptionByDefault', 'GetEbsDefaultKmsKeyId', 'GetEbsEncryptionByDefault', 'ModifyEbsDefaultKmsKeyId',
];

/** Operations on a role (Service Authorization Reference, "AWS Identity and Access Management (IAM)"). */
const ON_ROLE = ['DeleteRolePolicy', 'GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies', 'PutRolePolicy'];

/** What a request of EC2 asks for; its protocol is forms, which name the operation. */
export function askedOfEc2({ body }: SeenRequest): Asked[] {
  const operation = new URLSearchParams(body).get('Action') ?? '';
  if (!ON_ANYTHING.includes(operation)) throw unknown('ec2', operation);
  return [[`ec2:${operation}`, '*']];
}

/** What a request of IAM asks for; of a role whose rights are changed IAM tells the boundary. */
export function askedOfIam({ body }: SeenRequest, { roleNamed }: Known): Asked[] {
  const form = new URLSearchParams(body);
  const operation = form.get('Action') ?? '';
  if (!ON_ROLE.includes(operation)) throw unknown('iam', operation);
  const role = roleNamed(form.get('RoleName') ?? '');
  if (!role) throw new Error(`there is no role ${form.get('RoleName')}, so the proof cannot see its path`);
  const isTold = ['DeleteRolePolicy', 'PutRolePolicy'].includes(operation) && role.boundary !== undefined;
  return [[`iam:${operation}`, role.arn, isTold ? { 'iam:PermissionsBoundary': role.boundary! } : {}]];
}

/** What a request of SNS asks for; its protocol is forms, which name the operation (Amazon SNS Developer Guide, "Amazon SNS API permissions"). */
export function askedOfSns({ body }: SeenRequest): Asked[] {
  const form = new URLSearchParams(body);
  const operation = form.get('Action') ?? '';
  if (operation !== 'Publish') throw unknown('sns', operation);
  return [['sns:Publish', String(form.get('TopicArn'))]];
}
