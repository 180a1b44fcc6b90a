import { Asked, unknown } from './asked';
import { SeenRequest } from '../../runtime-e2e/bundle';

/** Operations that are about no resource in particular (Service Authorization Reference, "Amazon EC2"). */
const ON_ANYTHING = ['DescribeNetworkInterfaces', 'DescribeVpcEndpoints'];

/** What a request of EC2 asks for; its protocol is forms, which name the operation. */
export function askedOfEc2({ body }: SeenRequest): Asked[] {
  const operation = new URLSearchParams(body).get('Action') ?? '';
  if (!ON_ANYTHING.includes(operation)) throw unknown('ec2', operation);
  return [[`ec2:${operation}`, '*']];
}

/** What a request of SNS asks for; its protocol is forms, which name the operation (Amazon SNS Developer Guide, "Amazon SNS API permissions"). */
export function askedOfSns({ body }: SeenRequest): Asked[] {
  const form = new URLSearchParams(body);
  const operation = form.get('Action') ?? '';
  if (operation !== 'Publish') throw unknown('sns', operation);
  return [['sns:Publish', String(form.get('TopicArn'))]];
}
