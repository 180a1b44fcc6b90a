import { nameOf } from './error-name';

/**
 * Where CloudFormation waits for answers: buckets of its own, one in each region, under S3's names (User Guide, "Setting up VPC endpoints for
 * CloudFormation", names the buckets). A function that put its answer wherever an event says would be of use to whoever may invoke it.
 */
const RESPONSE_HOST = /^cloudformation-custom-resource-response-[a-z0-9]+\.s3[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?$/;

const ATTEMPTS = 3;
const ATTEMPT_MILLISECONDS = 3000;
const PAUSE_MILLISECONDS = 500;

/**
 * Puts an answer where CloudFormation waits for it; tries three times, in some ten seconds at most, and then rejects.
 *
 * What it rejects with has neither the URL, which is a credential, nor a cause, since a failed request tells where it went.
 */
export async function answerPresigned(url: string, body: string): Promise<void> {
  if (!isResponseUrl(url)) throw new Error('the event wants its answer elsewhere than at CloudFormation');
  let reason = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    reason = await tryPut(url, body);
    if (reason === '') return;
    if (attempt < ATTEMPTS) await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS * attempt));
  }
  throw new Error(`CloudFormation did not take the answer: ${reason}`);
}

/** Empty if it was taken. */
async function tryPut(url: string, body: string): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      body,
      // The URL is signed for no content type.
      headers: { 'content-type': '' },
      redirect: 'error',
      signal: AbortSignal.timeout(ATTEMPT_MILLISECONDS),
    });
    return response.ok ? '' : `status ${response.status}`;
  } catch (error) {
    return nameOf(error);
  }
}

function isResponseUrl(url: string): boolean {
  const { protocol, hostname, port, username } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '', port: '', username: '' };
  return protocol === 'https:' && port === '' && username === '' && RESPONSE_HOST.test(hostname);
}
