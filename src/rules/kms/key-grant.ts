import { judgeKeyAllows } from './key-statements';
import { requiresBool } from '../narrowing';
import { coversAction } from '../policy-document';
import { cannotTell, notApplicable, Rule, violation } from '../rule';

/** Checks `KEY-GRANT`. */
export const keyGrant: Rule = {
  control: 'KEY-GRANT',
  check(key) {
    if (key.properties.KeyPolicy === undefined) return notApplicable('the key has no policy of its own');
    return judgeKeyAllows(key, (allow) => {
      const grants = coversAction(allow, 'kms:CreateGrant');
      const forService = requiresBool(allow, 'kms:grantisforawsresource', true);
      if (forService === 'narrow' || !(grants || allow.partial)) return [];
      return [grants && forService === 'open'
        ? violation('AnyGrant', 'grants may be made for others than AWS services', allow.path)
        : cannotTell('UnresolvedPolicy', 'the template does not tell for whom grants may be made', allow.path)];
    });
  },
};
