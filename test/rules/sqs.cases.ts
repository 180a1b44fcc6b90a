import { ControlCase, Template } from './control-case';

const queue = (properties: object): Template => ({ Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: properties } } });

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export const SQS_CASES: readonly ControlCase[] = [
  {
    control: 'QUEUE-CMK',
    passing: { 'key by ARN': queue({ KmsMasterKeyId: KEY_ARN }) },
    failing: [
      { finding: 'NoKey', template: queue({}) },
      { finding: 'AwsManagedKey', template: queue({ KmsMasterKeyId: 'alias/aws/sqs' }) },
      { finding: 'UnresolvedKey', template: { Parameters: { Key: { Type: 'String' } }, ...queue({ KmsMasterKeyId: { Ref: 'Key' } }) } },
    ],
    mutations: [
      { name: 'drop the key', finding: 'NoKey', mutate: (t) => delete t.Resources.Queue.Properties.KmsMasterKeyId },
    ],
  },
];
