import { Value } from '../values';

/**
 * What `AWS::ApiGateway::Method` and `AWS::ApiGatewayV2::Route` know. REST APIs have JWT authorizers since November 2026 (API Gateway Developer
 * Guide, "Control access to REST APIs using JWT authorizers"); how their methods name them, ADR 0020 tells what is known of. Whether a word
 * that is none of these asks who calls, nobody can tell.
 */
const ASKING: readonly Value[] = ['AWS_IAM', 'COGNITO_USER_POOLS', 'CUSTOM', 'JWT'];

/** Whether a method with that authorization type asks who calls; undefined where nobody can tell. */
export function asksWho(type: Value): boolean | undefined {
  if (type === undefined || type === 'NONE') return false;
  return ASKING.includes(type) || undefined;
}
