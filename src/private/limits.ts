import { IConstruct } from 'constructs';

/** Construct metadata that a limit leaves; the same text as `LIMIT_METADATA` of the catalog's vocabulary, which this room may not import (ADR 0001). */
export const LIMIT_METADATA = 'cdk-secure-integrations:limit';

/**
 * Says on a construct what its control cannot enforce there, for the report's section "What cannot be enforced here".
 *
 * A limit excepts nothing and silences nothing: where the control does not hold, its finding stands. It is for what no template can bring
 * about, such as the MFA of people who sign in with another identity provider.
 *
 * @param scope the construct that a reader would hold to more than it can do
 * @param control id of the control that reaches only so far
 * @param text one sentence: what is not enforced here, and who has to see to it
 */
export function recordLimit(scope: IConstruct, control: string, text: string): void {
  scope.node.addMetadata(LIMIT_METADATA, { control, text });
}
