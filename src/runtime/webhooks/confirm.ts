/** The sender did not confirm; says nothing of the address, which has a token. */
export class NotConfirmed extends Error {
  public override readonly name = 'NotConfirmed';
}

const TIMEOUT_MILLISECONDS = 5000;

/** Requests an address that a handshake found to be the sender's, once, and follows no redirect; what it answers is not read. */
export function confirmWith(request: typeof fetch): (url: string) => Promise<void> {
  return async (url) => {
    let response: Response;
    try {
      response = await request(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    } catch {
      throw new NotConfirmed('the sender could not be asked'); // the cause may name the address
    }
    await response.body?.cancel();
    if (!response.ok) throw new NotConfirmed('the sender did not confirm');
  };
}
