import { CREDENTIAL_HEADERS, protectionOf } from './credential-headers';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf } from '../values';

const FIELDS = 'RedactedFields';

/**
 * Checks `WAF-LOG-REDACTION`.
 *
 * The query string is no finding: most attacks stand there, and a log without it explains nothing. The evidence says whether it shows, since
 * some clients put tokens there against RFC 6750, 5.3.
 */
export const wafLogRedaction: Rule = {
  control: 'WAF-LOG-REDACTION',
  check({ properties }, graph) {
    const fields = listOf(properties[FIELDS]);
    const redacted = fields.map((field) => describe(at(field, 'SingleHeader.Name')).toLowerCase());
    const protection = protectionOf(graph.find(properties.ResourceArn, 'AWS::WAFv2::WebACL'));
    const shown = CREDENTIAL_HEADERS.filter((header) => !redacted.includes(header) && !protection.covers(header));
    if (shown.length === 0) {
      const query = fields.some((field) => at(field, 'QueryString') !== undefined) ? 'redacted' : 'logged';
      return compliant(`${CREDENTIAL_HEADERS.join(', ')} are kept out of the log; the query string is ${query}`, FIELDS);
    }
    const untold = protection.untold || fields.some((field) => isUnknown(field) || isUnknown(at(field, 'SingleHeader.Name')) || isUnknown(at(field, 'SingleHeader')));
    return untold ? cannotTell('UnresolvedRedaction', `the template does not tell whether ${shown.join(', ')} are redacted`, FIELDS)
      : shown.map((header) => violation(`NotRedacted::${header}`, `the log shows the header ${header}`, FIELDS));
  },
};
