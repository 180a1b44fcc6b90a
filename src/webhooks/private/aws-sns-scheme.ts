import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BoundScheme } from './bound-scheme';
import { presetScheme } from './preset-scheme';
import { requireEntries } from './scheme-texts';
import { requireMatch } from '../../private';
import { AwsSnsOptions } from '../aws-sns-options';
import { Requirement } from '../requirement';

const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/;
const MAX_TOPICS = 256;

/** Messages of some topics; the topic's ARN is signed. */
export function awsSnsScheme(scope: IConstruct, { topicArns, require = [], ...options }: AwsSnsOptions): BoundScheme {
  if (!Token.isUnresolved(topicArns)) {
    requireEntries(scope, 'topicArns', topicArns, MAX_TOPICS);
    for (const arn of topicArns) requireMatch(scope, 'topicArns', arn, TOPIC_ARN, 'ARNs of topics', 'use topic.topicArn');
  }
  return presetScheme(scope, 'aws-sns', { ...options, require: [Requirement.pointer('/TopicArn', ...topicArns), ...require] });
}
