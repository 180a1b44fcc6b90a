import { SECRET_ARN } from './world';

/** What Secrets Manager sends for a step. */
export function stepEvent(Step: string, token: string) {
  return { Step, SecretId: SECRET_ARN, ClientRequestToken: token };
}
