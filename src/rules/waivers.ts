import { Verdict } from './engine';

/** A waiver as it stands in a cloud assembly: a control, excepted on one construct, for a reason, by somebody, until a day. */
export interface RecordedWaiver {
  readonly constructPath: string;
  readonly control: string;
  /** The one finding that is excepted; all of the control's where it is absent. */
  readonly finding?: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which the waiver holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** A verdict with the waiver that covers it, if one does. */
export interface Judgement extends Verdict {
  readonly waiver?: RecordedWaiver;
}

/** What is wrong with the waivers themselves. */
export interface DisciplineFinding {
  readonly rule: 'WAIVER-EXPIRED' | 'WAIVER-INCOMPLETE' | 'WAIVER-NOT-ALLOWED' | 'WAIVER-TOO-BROAD' | 'WAIVER-UNKNOWN' | 'WAIVER-UNUSED' | 'ACKNOWLEDGEMENT-BYPASS';
  readonly constructPath: string;
  readonly message: string;
}

/** An acknowledgement as the CDK keeps it on a construct. */
export interface RecordedAcknowledgement {
  readonly constructPath: string;
  /** Namespaced id, `Plugin::Rule[finding]`. */
  readonly id: string;
  readonly reason: string;
}
