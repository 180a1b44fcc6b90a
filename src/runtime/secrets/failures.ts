/** Rotation may not go on now; the reason is fit for a log and an alarm. */
export class Refused extends Error {
  public override readonly name = 'Refused';

  constructor(public readonly reason: string, explanation: string) {
    super(explanation);
  }
}
