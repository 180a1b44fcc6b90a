import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** An acknowledgement as CDK keeps it on a construct. */
export interface AcknowledgementRecord {
  /** Namespaced id, `Plugin::Rule[finding]`. */
  readonly id: string;
  readonly reason: string;
}

/**
 * Acknowledges one finding of one rule on one construct.
 *
 * `plugin` and `rule` make the namespaced id: CDK then keeps the finding, with its reason, in the validation report, where the bare id
 * would only make it vanish.
 */
export function acknowledge(scope: IConstruct, plugin: string, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `${plugin}::${rule}`, reason });
}

/** Reads the acknowledgements on one construct, in the order of their making. */
export function acknowledgementsOn(scope: IConstruct): AcknowledgementRecord[] {
  return scope.node.metadata
    .filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap((entry) => Object.entries(entry.data as Record<string, unknown>))
    .map(([id, data]) => ({ id, reason: reasonOf(data) }));
}

/** CDK has written the reason as text and as an object in different versions. */
function reasonOf(data: unknown): string {
  if (typeof data === 'string') return data;
  const reason = (data as { reason?: unknown } | null)?.reason;
  return typeof reason === 'string' ? reason : '';
}
