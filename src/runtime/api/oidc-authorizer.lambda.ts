import { httpsJson } from './https-json';
import { parseIssuers } from './issuers';
import { oidcAuthorizer } from './oidc-authorizer';

export const handler = oidcAuthorizer(parseIssuers(process.env.ISSUERS), {
  now: () => new Date(),
  fetchJson: httpsJson(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
