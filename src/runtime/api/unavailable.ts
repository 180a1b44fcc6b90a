/** What a token is judged by could not be had: a fault of ours or of the issuer, and no fault of the caller. */
export class Unavailable extends Error {
  public override readonly name: string = 'Unavailable';

  /**
   * @param reason as the log names it
   * @param issuer the configured issuer of the token
   * @param detail more for the log, fit for it
   */
  constructor(
    public readonly reason: string, public readonly issuer: string, message: string, options?: ErrorOptions, public readonly detail?: string,
  ) {
    super(message, options);
  }
}
