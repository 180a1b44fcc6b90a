import { apiAccessLog } from './api-access-log';
import { apiAlarms } from './api-alarms';
import { apiAnomaly } from './api-anomaly';
import { apiAuthAlarm } from './api-auth-alarm';
import { apiAuthorization } from './api-authorization';
import { apiAuthorizerCache } from './api-authorizer-cache';
import { apiBackendCertificate } from './api-backend-certificate';
import { apiBackendTls } from './api-backend-tls';
import { apiBodySchema } from './api-body-schema';
import { apiCacheEncryption } from './api-cache-encryption';
import { apiDefaultEndpoint } from './api-default-endpoint';
import { apiEndpointAccessMode } from './api-endpoint-access-mode';
import { apiExecutionLog } from './api-execution-log';
import { apiKeyNotAlone } from './api-key-not-alone';
import { apiKeyValue } from './api-key-value';
import { apiLogData } from './api-log-data';
import { apiLogFormat } from './api-log-format';
import { apiLogRedaction } from './api-log-redaction';
import { apiMutualTls } from './api-mutual-tls';
import { apiPlanThrottle } from './api-plan-throttle';
import { apiPrivatePolicy } from './api-private-policy';
import { apiRequestValidation } from './api-request-validation';
import { apiScopes } from './api-scopes';
import { apiThrottling } from './api-throttling';
import { apiTls } from './api-tls';
import { apiTracing } from './api-tracing';
import { apiWaf } from './api-waf';
import { Rule } from '../rule';

/** Rules of Amazon API Gateway. */
export const APIGATEWAY_RULES: readonly Rule[] = [
  apiAccessLog,
  apiAlarms,
  apiAnomaly,
  apiAuthAlarm,
  apiAuthorization,
  apiAuthorizerCache,
  apiBackendCertificate,
  apiBackendTls,
  apiBodySchema,
  apiCacheEncryption,
  apiDefaultEndpoint,
  apiEndpointAccessMode,
  apiExecutionLog,
  apiKeyNotAlone,
  apiKeyValue,
  apiLogData,
  apiLogFormat,
  apiLogRedaction,
  apiMutualTls,
  apiPlanThrottle,
  apiPrivatePolicy,
  apiRequestValidation,
  apiScopes,
  apiThrottling,
  apiTls,
  apiTracing,
  apiWaf,
];
