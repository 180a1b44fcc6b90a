/** The end record of a zip file, in base64: an archive of nothing. */
const EMPTY_ZIP = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

const ANYONE = '{"Version":"2012-10-17","Statement":[]}';

/** A function that does nothing: RotateSecret calls it, and leaves the version that it announced to the bundle. */
export async function standIn(endpoint: string, name: string): Promise<string> {
  await fetch(`${endpoint}/moto-api/config`, { method: 'POST', body: JSON.stringify({ lambda: { use_docker: false } }) });
  const role = { Action: 'CreateRole', Version: '2010-05-08', RoleName: 'rotation', AssumeRolePolicyDocument: ANYONE };
  await fetch(endpoint, { method: 'POST', headers: signedFor('iam'), body: new URLSearchParams(role) });
  const response = await fetch(`${endpoint}/2015-03-31/functions`, {
    method: 'POST',
    headers: signedFor('lambda'),
    body: JSON.stringify({
      FunctionName: name, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::123456789012:role/rotation', Code: { ZipFile: EMPTY_ZIP },
    }),
  });
  const { FunctionArn } = await response.json() as { FunctionArn?: string };
  if (FunctionArn === undefined) throw new Error(`moto made no function: ${response.status}`);
  return FunctionArn;
}

/** What moto tells services apart by; it checks no signature. */
function signedFor(service: string): Record<string, string> {
  return { Authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261125/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0` };
}
