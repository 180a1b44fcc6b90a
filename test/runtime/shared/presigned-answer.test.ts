import { answerPresigned } from '../../../src/runtime/shared/presigned-answer';

const GOOD = 'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/arn%3Aaws?AWSAccessKeyId=CANARY&Signature=CANARY';
const realFetch = globalThis.fetch;

beforeEach(() => { process.env.AWS_REGION = 'us-east-1'; });
afterEach(() => {
  globalThis.fetch = realFetch;
  delete process.env.AWS_REGION;
});

/** Answers requests in turn, and gives what they asked for. */
function stub(...outcomes: Array<Response | Error>): Array<{ url: string; init: RequestInit }> {
  const seen: Array<{ url: string; init: RequestInit }> = [];
  globalThis.fetch = async (url, init) => {
    seen.push({ url: String(url), init: init! });
    const outcome = outcomes[Math.min(seen.length, outcomes.length) - 1];
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  return seen;
}

test.each([
  ['us-east-1', GOOD],
  ['ap-southeast-2', 'https://cloudformation-custom-resource-response-apsoutheast2.s3-ap-southeast-2.amazonaws.com/a?b'],
  ['eu-central-2', 'https://cloudformation-custom-resource-response-eucentral2.s3.eu-central-2.amazonaws.com/a?b'],
  ['us-gov-west-1', 'https://cloudformation-custom-resource-response-usgovwest1.s3.us-gov-west-1.amazonaws.com/a?b'],
  ['cn-north-1', 'https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn/a?b'],
])('puts the answer, without a content type and following nobody: %s %s', async (region, url) => {
  process.env.AWS_REGION = region;
  const seen = stub(new Response());
  await answerPresigned(url, '{"Status":"SUCCESS"}');
  expect(seen).toEqual([{ url, init: expect.objectContaining({ method: 'PUT', body: '{"Status":"SUCCESS"}', headers: { 'content-type': '' }, redirect: 'error' }) as RequestInit }]);
});

test.each([
  'http://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/a', 'https://example.com/a', 'https://169.254.169.254/latest', 'nonsense', '',
  'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com.example.com/a', 'https://bucket.s3.amazonaws.com/a',
  'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com:8443/a', 'https://u:p@cloudformation-custom-resource-response-useast1.s3.amazonaws.com/a',
  'https://cloudformation-custom-resource-response-x.example.s3.amazonaws.com/a',
  // Buckets that are not CloudFormation's, or not its of this Region: their names are anybody's to take.
  'https://cloudformation-custom-resource-response-mallory.s3.amazonaws.com/a', 'https://cloudformation-custom-resource-response-useast11.s3.amazonaws.com/a',
  'https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/a',
  // A bucket of the same name behind somebody's access point or website.
  'https://cloudformation-custom-resource-response-useast1.s3-website-us-east-1.amazonaws.com/a',
  'https://cloudformation-custom-resource-response-useast1.s3.mallory.amazonaws.com/a',
])('asks nobody for an answer that is wanted elsewhere: %s', async (url) => {
  const seen = stub(new Response());
  await expect(answerPresigned(url, '{}')).rejects.toThrow(/^the event wants its answer elsewhere than at CloudFormation$/);
  expect(seen).toEqual([]);
});

test('tries again after an error of the service and of the network', async () => {
  const seen = stub(new Response(null, { status: 503 }), new TypeError('CANARY'), new Response());
  await answerPresigned(GOOD, '{}');
  expect(seen).toHaveLength(3);
});

test.each([
  [new Response(null, { status: 403 }), 'CloudFormation did not take the answer: status 403'],
  [new TypeError('fetch failed for CANARY'), 'CloudFormation did not take the answer: TypeError'],
])('gives up after three times, and tells nothing of the URL: %#', async (outcome, message) => {
  const seen = stub(outcome);
  const failure = await answerPresigned(GOOD, '{}').catch((error: Error) => error);
  expect(failure).toMatchObject({ message });
  expect(String((failure as Error).stack) + String((failure as Error).cause)).not.toContain('CANARY');
  expect(seen).toHaveLength(3);
});
