import { Resource } from '../graph';
import { coversAction, Statement, statementsOf } from '../policy-document';
import { cannotTell, compliant, Outcome } from '../rule';

/** Actions that turn a key into plaintext, ciphertext, signatures or derived secrets. */
export const CRYPTOGRAPHIC_ACTIONS: readonly string[] = [
  'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:Sign', 'kms:GenerateMac', 'kms:VerifyMac',
  'kms:DeriveSharedSecret',
];

/** Actions that use a key, or hand its use on by a grant. */
export const USE_ACTIONS: readonly string[] = [...CRYPTOGRAPHIC_ACTIONS, 'kms:CreateGrant'];

/** Actions by which a principal governs a key. */
export const ADMINISTRATIVE_ACTIONS: readonly string[] = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial'];

/** Whether a statement speaks of one of the actions. */
export function coversAny(statement: Statement, actions: readonly string[]): boolean {
  return actions.some((action) => coversAction(statement, action));
}

/** The statements of a key policy, of a key or of a replica. */
export function keyStatements(key: Resource): readonly Statement[] {
  return statementsOf(key.properties.KeyPolicy, key, 'KeyPolicy');
}

/** Judges each Allow of a key policy; a statement whose effect is untold cannot be told. */
export function judgeKeyAllows(key: Resource, judge: (allow: Statement) => readonly Outcome[]): readonly Outcome[] {
  const statements = keyStatements(key);
  const outcomes = statements.flatMap((statement) => {
    if (statement.effect === 'Deny') return [];
    if (statement.effect === 'Allow') return judge(statement);
    return [cannotTell('UnresolvedPolicy', 'the template does not tell the statement', statement.path)];
  });
  return outcomes.length > 0 ? outcomes : [compliant(`none of ${statements.length} statements of the key policy grants it`, 'KeyPolicy')];
}
