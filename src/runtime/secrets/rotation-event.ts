const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** One step of a rotation, as Secrets Manager asks for it. */
export interface RotationStep {
  readonly name: typeof STEPS[number];
  readonly secretArn: string;
  /** The version that the rotation makes; the request calls it a token. */
  readonly version: string;
  /** Says, where roles are assumed between accounts, who stores the version (API Reference, "PutSecretValue", RotationToken). */
  readonly rotationToken?: string;
}

/**
 * Reads a step out of an event; undefined for anything else.
 *
 * The User Guide spells steps `create_secret` where it explains rotation functions, and AWS's own functions expect `createSecret`.
 */
export function tryStepOf(event: unknown): RotationStep | undefined {
  const { Step, SecretId, ClientRequestToken, RotationToken } = Object(event) as Readonly<Record<string, unknown>>;
  const name = STEPS.find((step) => step === Step || step.replace('S', '_s') === Step);
  if (!name || typeof SecretId !== 'string' || typeof ClientRequestToken !== 'string' || ClientRequestToken === '') return undefined;
  return {
    name, secretArn: SecretId, version: ClientRequestToken, ...typeof RotationToken === 'string' ? { rotationToken: RotationToken } : {},
  };
}
