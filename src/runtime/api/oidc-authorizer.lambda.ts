import { httpsJson } from './https-json';
import { parseIssuers } from './issuers';
import { oidcAuthorizer } from './oidc-authorizer';

export const handler = oidcAuthorizer(parseIssuers(process.env.ISSUERS), {
  now: () => new Date(),
  fetchJson: httpsJson(),
  log: (entry) => console.log(JSON.stringify(entry)),
});
