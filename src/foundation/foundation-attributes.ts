/** A foundation that another app owns, for `Foundation.fromFoundationAttributes`. */
export interface FoundationAttributes {
  /**
   * ARN of the key of trails, logs and evidence.
   *
   * @default - asking for the key fails
   */
  readonly auditKeyArn?: string;

  /**
   * ARN of the key of secrets.
   *
   * @default - asking for the key fails
   */
  readonly secretsKeyArn?: string;

  /**
   * ARN of the key of queues, topics and buses.
   *
   * @default - asking for the key fails
   */
  readonly messagingKeyArn?: string;

  /**
   * ARN of the key of files, tables and databases.
   *
   * @default - asking for the key fails
   */
  readonly dataKeyArn?: string;

  /**
   * ARN of the topic of alerts.
   *
   * @default - asking for the topic fails
   */
  readonly alertTopicArn?: string;

  /**
   * ARN of the key that encrypts the alerts.
   *
   * @default - whoever is let publish to the topic gets no permission on its key
   */
  readonly alertKeyArn?: string;

  /**
   * ARN of the bucket of access logs.
   *
   * @default - asking for the bucket fails
   */
  readonly accessLogBucketArn?: string;
}
