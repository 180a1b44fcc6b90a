import { IFoundation } from '../foundation';

/** An API platform that another app owns, for `ApiPlatform.fromApiPlatformAttributes`. */
export interface ApiPlatformAttributes {
  /** What the integrations of the environment share. */
  readonly foundation: IFoundation;

  /** ARN of the web ACL. */
  readonly webAclArn: string;

  /**
   * ARN of the web ACL for webhooks.
   *
   * @default - no API with `rawBodies` can use the platform
   */
  readonly webhookAclArn?: string;

  /** Name of the log group of requests. */
  readonly accessLogGroupName: string;
}
