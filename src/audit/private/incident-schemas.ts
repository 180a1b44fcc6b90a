import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { INCIDENT_CATEGORIES, MAX_SUMMARY_CHARACTERS, REPORT_TOKEN } from '../../formats/incident-categories';
import { REGIME_ID } from '../../formats/incident-regimes';

const { OBJECT, STRING } = apigateway.JsonSchemaType;

/** RFC 3339 in UTC, as far as a pattern tells; the functions judge the rest. */
const INSTANT: apigateway.JsonSchema = { type: STRING, pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$', maxLength: 24 };

const NAME: apigateway.JsonSchema = { type: STRING, pattern: REGIME_ID.source, maxLength: 40 };

/** What a report has to look like. */
export const REPORT_SCHEMA: apigateway.JsonSchema = {
  type: OBJECT,
  properties: {
    token: { type: STRING, pattern: REPORT_TOKEN.source, maxLength: 64 },
    category: { type: STRING, enum: [...INCIDENT_CATEGORIES] },
    summary: { type: STRING, minLength: 1, maxLength: MAX_SUMMARY_CHARACTERS },
    detectedAt: INSTANT,
  },
  required: ['token', 'category', 'summary'],
  additionalProperties: false,
};

/** What an action of a responder has to look like; which members go with which action is for the function to say. */
export const ACTION_SCHEMA: apigateway.JsonSchema = {
  type: OBJECT,
  properties: {
    action: { type: STRING, enum: ['acknowledge', 'set-clock', 'set-due', 'notified', 'dismiss', 'close'] },
    regime: NAME,
    step: NAME,
    reason: { type: STRING, minLength: 10, maxLength: 500 },
    awareAt: INSTANT,
    dueAt: INSTANT,
    notifiedAt: INSTANT,
  },
  required: ['action'],
  additionalProperties: false,
};
