import { IAuditTrail } from './audit-trail-ref';
import { DetectionProfile } from './detection-profile';
import { Waiver } from '../core';
import { IFoundation } from '../foundation';

/** Properties of `Detections`. */
export interface DetectionsProps {
  /** The trail whose log group is watched. */
  readonly trail: IAuditTrail;

  /**
   * What the integrations of the environment share; its alert topic tells people.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Which texts the filters have. Both profiles can be on one log group; a text that they share is deployed once.
   *
   * @default [DetectionProfile.STRICT]
   */
  readonly profiles?: DetectionProfile[];

  /**
   * How many events in five minutes raise an alarm, by the id of the detection, where one is too few. `UnauthorizedApiCalls` and
   * `ConsoleAuthFailures` are the usual ones.
   *
   * @default - 1 for each
   */
  readonly thresholds?: { [id: string]: number };

  /**
   * Detections of the list of CIS that are left out, by id. Each waives control `TRAIL-DETECTIONS` for that detection.
   *
   * @default - none is left out
   */
  readonly without?: { [id: string]: Waiver };

  /**
   * Ids of other detections that are left out, such as `KeyGrants`. No control asks for them.
   *
   * @default - none is left out
   */
  readonly leaveOut?: string[];
}
