import { Mixin } from 'aws-cdk-lib';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing } from '../../private';

/**
 * Switches a detector of Amazon GuardDuty on. Applies control `DETECTOR-ENABLED`.
 *
 * @example
 * declare const detector: guardduty.CfnDetector;
 * detector.with(new audit.mixins.DetectorEnabled());
 */
export class DetectorEnabled extends Mixin {
  public supports(construct: IConstruct): construct is guardduty.CfnDetector {
    return guardduty.CfnDetector.isCfnDetector(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.enable = true;
    guardAgainstUndoing(construct, {
      control: 'DETECTOR-ENABLED',
      mixin: 'audit.mixins.DetectorEnabled',
      demand: "'Enable' must be true",
      holds: ({ Properties }) => Properties?.Enable === true,
    });
  }
}
