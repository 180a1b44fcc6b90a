import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Callers } from './callers';
import { IFoundation } from '../../foundation';

/** What a consumer needs of its API. */
export interface ConsumerHost {
  readonly api: Construct;
  readonly restApi: apigateway.RestApi;
  readonly apiName: string;
  readonly callers: Callers;
  readonly foundation: IFoundation;
  readonly accessLogGroup: logs.ILogGroup;
  /** Whether requests come by VPC endpoints, with addresses of their network. */
  readonly isPrivate: boolean;
}
