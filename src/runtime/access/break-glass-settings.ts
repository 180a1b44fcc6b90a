import { Environment, eventBusName, list, matching, whole } from '../shared/environment';

/** Whose emergency access it is, who arms it, for how long, and when it has to have been reviewed. */
export interface BreakGlassSettings {
  readonly account: string;
  readonly roleName: string;
  /** Inline policies that the role was deployed with. */
  readonly ownPolicies: readonly string[];
  readonly armerRole: string;
  readonly parameterName: string;
  readonly longestMilliseconds: number;
  readonly reviewMilliseconds: number;
  readonly eventBusName: string;
}

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

const ACCOUNT = /^\d{12}$/;
/** AWS IAM API Reference, "CreateRole" and "PutRolePolicy". */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const POLICY_NAME = /^[\w+=,.@-]{1,128}$/;
/** AWS Systems Manager API Reference, "PutParameter", Name. */
const PARAMETER_NAME = /^[\w./-]{1,1011}$/;

/**
 * Reads `ACCOUNT_ID`, `ROLE_NAME`, `OWN_POLICIES`, `ARMER_ROLE`, `PARAMETER_NAME`, `LONGEST_MINUTES`, `REVIEW_HOURS` and `EVENT_BUS_NAME`; throws,
 * saying what is wrong, so that the function does not start.
 */
export function parseBreakGlassSettings(environment: Environment): BreakGlassSettings {
  return {
    account: matching(environment, 'ACCOUNT_ID', ACCOUNT, 'the id of an account'),
    roleName: matching(environment, 'ROLE_NAME', ROLE_NAME, 'the name of a role'),
    ownPolicies: list(environment, 'OWN_POLICIES', isPolicyName, 'names of policies'),
    armerRole: matching(environment, 'ARMER_ROLE', ROLE_NAME, 'the name of a role'),
    parameterName: matching(environment, 'PARAMETER_NAME', PARAMETER_NAME, 'the name of a parameter'),
    longestMilliseconds: whole(environment, 'LONGEST_MINUTES', 5, 720) * MINUTE,
    reviewMilliseconds: whole(environment, 'REVIEW_HOURS', 1, 720) * HOUR,
    eventBusName: eventBusName(environment),
  };
}

function isPolicyName(entry: unknown): entry is string {
  return typeof entry === 'string' && POLICY_NAME.test(entry);
}
