import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from './client-settings';
import { httpsForm } from './https-json';
import { introspector } from './introspection';
import { parseIntrospectionSettings } from './introspection-settings';
import { secretText } from './secret-text';
import { parseSenderConstraint } from './sender-constraints';
import { tokenAuthorizer } from './token-authorizer';

const settings = parseIntrospectionSettings(process.env);

const ports = {
  now: () => new Date(),
  postForm: httpsForm(),
  readSecret: secretText(new SecretsManagerClient(CLIENT_SETTINGS), settings.secretArn),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry: Readonly<Record<string, string>>) => console.log(entry),
};

export const handler = tokenAuthorizer(introspector(settings, ports), parseSenderConstraint(process.env.SENDER_CONSTRAINT), ports);
