import { nameOf } from './error-name';
import { tryUrl } from '../../formats/url';

/** Under which names S3 has a bucket of a region (Amazon S3 User Guide, "Virtual hosting of buckets"; the hyphen is of its older regions). */
const S3_HOST = /^([a-z0-9-]+)\.s3(?:[.-](?:dualstack\.)?([a-z]+(?:-[a-z]+)+-\d+))?\.amazonaws\.com(?:\.cn)?$/;

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

/**
 * Whether CloudFormation waits for answers there: in a bucket of its own, one in each region, which is the function's (User Guide, "Setting up VPC
 * endpoints for CloudFormation", names the buckets). Buckets whose names only begin alike are anybody's to make, and a function that put its answer
 * wherever an event says would be of use to whoever may invoke it.
 */
function isResponseUrl(text: string): boolean {
  const url = tryUrl(text);
  const region = process.env.AWS_REGION;
  if (!url || region === undefined || url.protocol !== 'https:' || url.port !== '' || url.username !== '') return false;
  const [, bucket, inRegion = region] = S3_HOST.exec(url.hostname) ?? [];
  return bucket === `cloudformation-custom-resource-response-${region.replace(/-/g, '')}` && inRegion === region;
}
