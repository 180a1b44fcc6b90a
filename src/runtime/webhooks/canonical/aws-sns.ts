import { at, isText, tryJson } from '../json';
import { Refused } from '../verdict';

/** What is signed of a notification (SNS Developer Guide, "Verifying the signatures of Amazon SNS messages"). */
const NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const CONFIRMATION = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Notification: NOTIFICATION,
  SubscriptionConfirmation: CONFIRMATION,
  UnsubscribeConfirmation: CONFIRMATION,
};

/** Fields that every kind of message signs. */
export const signedPointers: readonly string[] = ['/Message', '/MessageId', '/Timestamp', '/TopicArn', '/Type'];

/**
 * Names and values of the signed fields, each with a line end.
 *
 * Only `Message` may have line ends of its own. It comes first, so that the lines after it can be read from the end in just one way.
 */
export function awsSnsContent(body: Buffer): string | Refused {
  const document = tryJson(body);
  const type = at(document, '/Type');
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) return new Refused('malformed-body');
  const present = FIELDS[type].filter((name) => name !== 'Subject' || ![undefined, null].includes(at(document, '/Subject') as undefined));
  const values = present.map((name) => at(document, `/${name}`));
  const isClear = values.every((value, index) => isText(value) && (present[index] === 'Message' || !value.includes('\n')));
  if (!isClear) return new Refused('malformed-body');
  return present.map((name, index) => `${name}\n${values[index] as string}\n`).join('');
}
