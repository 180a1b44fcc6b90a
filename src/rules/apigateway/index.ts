import { apiAccessLog } from './api-access-log';
import { apiAuthorization } from './api-authorization';
import { apiRequestValidation } from './api-request-validation';
import { apiThrottling } from './api-throttling';
import { apiTls } from './api-tls';
import { apiWaf } from './api-waf';
import { Rule } from '../rule';

/** Rules of Amazon API Gateway. */
export const APIGATEWAY_RULES: readonly Rule[] = [
  apiAccessLog,
  apiAuthorization,
  apiRequestValidation,
  apiThrottling,
  apiTls,
  apiWaf,
];
