import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { IWebAcl } from './web-acl-ref';
import { IFoundation } from '../foundation';

/** What all APIs of an environment share. */
export interface IApiPlatform extends IConstruct {
  /** What the integrations of the environment share. */
  readonly foundation: IFoundation;

  /** Web ACL in front of every API that takes no raw bodies. */
  readonly webAcl: IWebAcl;

  /** Web ACL in front of every API with `rawBodies`, made when it is first asked for. */
  readonly webhookAcl: IWebAcl;

  /** Where every API logs its requests. */
  readonly accessLogGroup: logs.ILogGroup;
}
