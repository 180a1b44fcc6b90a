import { IConstruct } from 'constructs';

/** A web ACL for the APIs of one Region. */
export interface IWebAcl extends IConstruct {
  /** ARN of the web ACL. */
  readonly webAclArn: string;
}
