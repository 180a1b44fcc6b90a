import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, numberOf, truth, Unresolved } from '../values';

/** Checks `KEY-ROTATION`. */
export const keyRotation: Rule = {
  control: 'KEY-ROTATION',
  check(key) {
    const { KeySpec: spec, Origin: origin, KeyUsage: usage } = key.properties;
    if (usage === 'SIGN_VERIFY' || usage === 'GENERATE_VERIFY_MAC' || usage === 'KEY_AGREEMENT') return notApplicable('only symmetric encryption keys rotate');
    if (typeof spec === 'string' && spec !== 'SYMMETRIC_DEFAULT') return notApplicable('only symmetric encryption keys rotate');
    if (typeof origin === 'string' && origin !== 'AWS_KMS') return notApplicable('KMS does not rotate key material from elsewhere');
    if (isUnknown(spec) || isUnknown(origin)) return cannotTell('UnresolvedRotation', 'the template does not tell what kind of key it is', 'KeySpec');

    const enabled = truth(key.properties.EnableKeyRotation);
    if (enabled instanceof Unresolved) return cannotTell('UnresolvedRotation', `EnableKeyRotation is ${describe(enabled)}`, 'EnableKeyRotation');
    if (!enabled) return violation('NoRotation', 'EnableKeyRotation is not true', 'EnableKeyRotation');

    const days = numberOf(key.properties.RotationPeriodInDays) ?? 365;
    if (days instanceof Unresolved) return cannotTell('UnresolvedRotation', `RotationPeriodInDays is ${describe(days)}`, 'RotationPeriodInDays');
    if (days < 90 || days > 365) return violation('RotationPeriod', `RotationPeriodInDays is ${days}`, 'RotationPeriodInDays');
    return compliant(`rotates every ${days} days`, 'EnableKeyRotation');
  },
};
