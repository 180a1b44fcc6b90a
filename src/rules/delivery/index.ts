import { deliveryAccessLog } from './access-log';
import { deliveryAlarmTopic } from './alarm-topic';
import { deliveryApiInvoke } from './api-invoke';
import { deliveryBucketEvent } from './bucket-event';
import { deliveryConfigChannel } from './config-channel';
import { deliveryDlqRedrive } from './dlq-redrive';
import { deliveryFunctionDlq } from './function-dlq';
import { deliveryFunctionKey } from './function-key';
import { deliveryLogKey } from './log-key';
import { deliveryQueueConsumer } from './queue-consumer';
import { deliveryRuleTarget } from './rule-target';
import { deliverySecretKey } from './secret-key';
import { deliverySecretRotation } from './secret-rotation';
import { deliverySftpLog } from './sftp-log';
import { deliveryTableKey } from './table-key';
import { deliveryTopicSubscription } from './topic-subscription';
import { deliveryTrailBucket } from './trail-bucket';
import { deliveryTrailKey } from './trail-key';
import { deliveryTrailLog } from './trail-log';
import { Rule } from '../rule';

/** Rules of delivery: that every producer may use its encrypted target, and every user of a resource its key. */
export const DELIVERY_RULES: readonly Rule[] = [
  deliveryAccessLog,
  deliveryAlarmTopic,
  deliveryApiInvoke,
  deliveryBucketEvent,
  deliveryConfigChannel,
  deliveryDlqRedrive,
  deliveryFunctionDlq,
  deliveryFunctionKey,
  deliveryLogKey,
  deliveryQueueConsumer,
  deliveryRuleTarget,
  deliverySecretKey,
  deliverySecretRotation,
  deliverySftpLog,
  deliveryTableKey,
  deliveryTopicSubscription,
  deliveryTrailBucket,
  deliveryTrailKey,
  deliveryTrailLog,
];
