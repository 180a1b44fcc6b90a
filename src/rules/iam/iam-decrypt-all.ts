import { judgeAllows } from './identity-policies';
import { breadthOfStatement } from './resource-breadth';
import { coversAction } from '../policy-document';
import { cannotTell, Rule, violation } from '../rule';

/** Checks `IAM-DECRYPT-ALL`. */
export const iamDecryptAll: Rule = {
  control: 'IAM-DECRYPT-ALL',
  check(resource, graph) {
    return judgeAllows(resource, graph, (allow) => {
      const decrypts = coversAction(allow, 'kms:Decrypt') || coversAction(allow, 'kms:ReEncryptFrom');
      const breadth = breadthOfStatement(allow, 'kms');
      if (breadth === 'narrow' || !(decrypts || allow.partial)) return [];
      if (breadth === 'unknown' || !decrypts) return [cannotTell('UnresolvedPolicy', 'the template does not tell which keys may be used to decrypt', allow.path)];
      return [violation('AllKeys', 'the statement allows decryption with every key', allow.path)];
    });
  },
};
