import { MUTUAL_TLS } from './mutual-tls';
import { BEARER, SenderConstraint } from './sender-constraint';

/** Reads which constraint the function was configured with, by the name of it; none if it was configured with none. */
export function parseSenderConstraint(name: string | undefined): SenderConstraint {
  if (name === undefined) return BEARER;
  if (name === 'mutual-tls') return MUTUAL_TLS;
  throw new Error("SENDER_CONSTRAINT must be 'mutual-tls', or not be set");
}
