import { App } from 'aws-cdk-lib';
import { CREDENTIAL_HANDLERS } from './credential-handlers';
import { Handler, HANDLERS } from './handlers';
import { addPartnerCredentials } from '../../../examples/partner-credentials/environment';
import { addHub } from '../../../examples/partner-hub/hub';

/** An example whose functions are proved to have what they need, and no more. */
export interface ProvedExample {
  readonly name: string;
  /** How each of its functions is exercised, by path in an environment. */
  readonly handlers: Readonly<Record<string, Handler>>;
  addTo(app: App): void;
}

export const EXAMPLES: readonly ProvedExample[] = [
  { name: 'partner-hub', addTo: addHub, handlers: HANDLERS },
  { name: 'partner-credentials', addTo: addPartnerCredentials, handlers: CREDENTIAL_HANDLERS },
];
