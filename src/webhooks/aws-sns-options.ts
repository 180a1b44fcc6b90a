import { TimedSenderOptions } from './sender-options';

/** Whose messages of Amazon SNS are taken. */
export interface AwsSnsOptions extends TimedSenderOptions {
  /** ARNs of the topics, from 1 to 256. SNS signs the messages of every topic of anyone with the same keys. */
  readonly topicArns: string[];
}
