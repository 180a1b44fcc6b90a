import { Duration, Mixin, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing, rendersTo, requireDays } from '../../private';

/** The longest that KMS waits before it deletes a key (KMS API Reference, ScheduleKeyDeletion). */
const LONGEST_WINDOW_DAYS = 30;

/**
 * Gives a key new material every year, or more often. Applies control `KEY-ROTATION`.
 *
 * What was encrypted before stays readable. It leaves keys alone that KMS cannot rotate: asymmetric and HMAC keys, and material from
 * elsewhere (AWS KMS developer guide, "Rotate AWS KMS keys").
 *
 * @example
 * new kms.CfnKey(this, 'Key', { keyPolicy }).with(new foundation.mixins.KeyRotation());
 */
export class KeyRotation extends Mixin {
  /** @param period time between rotations, from 90 to 365 days; a year where it is left out */
  constructor(private readonly period: Duration = Duration.days(365)) {
    super();
  }

  public supports(construct: IConstruct): construct is kms.CfnKey {
    if (!kms.CfnKey.isCfnKey(construct)) return false;
    const mayBe = (value: string | undefined, expected: string) => value === undefined || Token.isUnresolved(value) || value === expected;
    return mayBe(construct.keySpec, 'SYMMETRIC_DEFAULT') && mayBe(construct.keyUsage, 'ENCRYPT_DECRYPT') && mayBe(construct.origin, 'AWS_KMS');
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    requireDays(construct, 'period', this.period, 90, 365);
    construct.enableKeyRotation = true;
    construct.rotationPeriodInDays = this.period.toDays();
    guardAgainstUndoing(construct, {
      control: 'KEY-ROTATION',
      mixin: 'foundation.mixins.KeyRotation',
      demand: "'EnableKeyRotation' must be true and 'RotationPeriodInDays' what the mixin set",
      holds: ({ Properties }) => Properties?.EnableKeyRotation === true
        && rendersTo(construct, Properties.RotationPeriodInDays, this.period.toDays()),
    });
  }
}

/** Leaves 30 days, the longest there is, to notice that a key is going to be deleted. Applies control `KEY-PENDING-WINDOW`. */
export class KeyPendingWindow extends Mixin {
  public supports(construct: IConstruct): construct is kms.CfnKey {
    return kms.CfnKey.isCfnKey(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.pendingWindowInDays = LONGEST_WINDOW_DAYS;
    guardAgainstUndoing(construct, {
      control: 'KEY-PENDING-WINDOW',
      mixin: 'foundation.mixins.KeyPendingWindow',
      demand: `'PendingWindowInDays' must be ${LONGEST_WINDOW_DAYS}`,
      holds: ({ Properties }) => Properties?.PendingWindowInDays === LONGEST_WINDOW_DAYS,
    });
  }
}

/** Keeps a key when the stack drops or replaces it: without the key, all that it encrypted is gone. Applies control `KEY-RETAIN`. */
export class KeyRetain extends Mixin {
  public supports(construct: IConstruct): construct is kms.CfnKey {
    return kms.CfnKey.isCfnKey(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.applyRemovalPolicy(RemovalPolicy.RETAIN);
    guardAgainstUndoing(construct, {
      control: 'KEY-RETAIN',
      mixin: 'foundation.mixins.KeyRetain',
      demand: "'DeletionPolicy' and 'UpdateReplacePolicy' must be Retain",
      holds: ({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
    });
  }
}

/**
 * Lets KMS refuse a key policy that locks out whoever sets it. Applies control `KEY-LOCKOUT`.
 *
 * It does not change the policy: one that lets nobody administer the key is for its author to mend.
 */
export class KeyLockout extends Mixin {
  public supports(construct: IConstruct): construct is kms.CfnKey {
    return kms.CfnKey.isCfnKey(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.bypassPolicyLockoutSafetyCheck = false;
    guardAgainstUndoing(construct, {
      control: 'KEY-LOCKOUT',
      mixin: 'foundation.mixins.KeyLockout',
      demand: "'BypassPolicyLockoutSafetyCheck' must be false",
      holds: ({ Properties }) => Properties?.BypassPolicyLockoutSafetyCheck === false,
    });
  }
}
