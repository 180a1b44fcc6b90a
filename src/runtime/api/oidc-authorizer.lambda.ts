import { httpsJson } from './https-json';
import { parseIssuers } from './issuers';
import { oidcAuthorizer } from './oidc-authorizer';
import { parseSenderConstraint } from './sender-constraints';

const ports = {
  now: () => new Date(),
  fetchJson: httpsJson(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry: Readonly<Record<string, string>>) => console.log(entry),
};

export const handler = oidcAuthorizer(parseIssuers(process.env.ISSUERS), ports, parseSenderConstraint(process.env.SENDER_CONSTRAINT));
