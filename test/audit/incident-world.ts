import { App, Stack } from 'aws-cdk-lib';
import { api, audit } from '../../src';

export interface IntakeWorld {
  readonly stack: Stack;
  readonly intake: audit.IncidentIntake;
}

/** An intake on an API of its own, in an environment that is known. */
export function intakeWorld(props: Partial<audit.IncidentIntakeProps> | ((stack: Stack) => Partial<audit.IncidentIntakeProps>) = {}): IntakeWorld {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const hub = new api.IntegrationApi(stack, 'Hub', { authorization: api.Authorization.iam() });
  const intake = new audit.IncidentIntake(stack, 'Incidents', {
    api: hub,
    responders: api.Authorization.iam(),
    regimes: [audit.IncidentRegime.gdpr()],
    ...typeof props === 'function' ? props(stack) : props,
  });
  return { stack, intake };
}
