import { lambdaConcurrency } from './lambda-concurrency';
import { lambdaDlq } from './lambda-dlq';
import { lambdaEnvCmk } from './lambda-env-cmk';
import { lambdaEnvSecret } from './lambda-env-secret';
import { lambdaLogGroup } from './lambda-log-group';
import { lambdaPermissionAction } from './lambda-permission-action';
import { lambdaPermissionPublic } from './lambda-permission-public';
import { lambdaPermissionSource } from './lambda-permission-source';
import { lambdaQueueVisibility } from './lambda-queue-visibility';
import { lambdaRuntime } from './lambda-runtime';
import { lambdaStreamFailure } from './lambda-stream-failure';
import { lambdaTimeout } from './lambda-timeout';
import { lambdaTracing } from './lambda-tracing';
import { lambdaUrlAuth } from './lambda-url-auth';
import { lambdaUrlCors } from './lambda-url-cors';
import { Rule } from '../rule';

/** Rules of AWS Lambda. */
export const LAMBDA_RULES: readonly Rule[] = [
  lambdaConcurrency,
  lambdaDlq,
  lambdaEnvCmk,
  lambdaEnvSecret,
  lambdaLogGroup,
  lambdaPermissionAction,
  lambdaPermissionPublic,
  lambdaPermissionSource,
  lambdaQueueVisibility,
  lambdaRuntime,
  lambdaStreamFailure,
  lambdaTimeout,
  lambdaTracing,
  lambdaUrlAuth,
  lambdaUrlCors,
];
