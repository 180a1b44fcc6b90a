import { Answer, SeenRequest } from './bundle';
import { IncidentCloud } from '../runtime/audit/incident-cloud';

const JSON_1_0 = { 'content-type': 'application/x-amz-json-1.0' };

/** Lets the cloud of incidents answer over HTTP: as DynamoDB does (AWS JSON 1.0), Amazon SNS (AWS Query) and Amazon S3 (REST). */
export function incidentsOverHttp(cloud: IncidentCloud, now: () => number = Date.now): (request: SeenRequest) => Answer {
  return (request) => {
    // Another date than the function's own, and a client would take its clock for wrong, and try again.
    const date = { date: new Date(now()).toUTCString() };
    const { status, headers, body } = answerOf(cloud, request);
    return { status, headers: { ...headers, ...date }, body };
  };
}

function answerOf(cloud: IncidentCloud, { method, url, headers, body }: SeenRequest): Answer {
  const target = headers['x-amz-target'];
  try {
    if (typeof target === 'string') {
      const output = cloud.call({ operation: target.split('.')[1], input: JSON.parse(body) as Record<string, unknown> });
      return { status: 200, headers: JSON_1_0, body: JSON.stringify(output) };
    }
    if (method === 'POST') {
      cloud.call({ operation: 'Publish', input: published(new URLSearchParams(body)) });
      const result = '<PublishResult><MessageId>m</MessageId></PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>';
      return { status: 200, headers: { 'content-type': 'text/xml' }, body: `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${result}</PublishResponse>` };
    }
    const [, , key] = /^\/([^/]+)\/([^?]*)/.exec(decodeURIComponent(url))!;
    cloud.call({ operation: 'PutObject', input: { Key: key, Body: body, IfNoneMatch: headers['if-none-match'] } });
    return { status: 200 };
  } catch (error) {
    return refused(error as Error, typeof target === 'string', method);
  }
}

/** Members of a request to publish, whose attributes are a list of entries. */
function published(form: URLSearchParams): Record<string, unknown> {
  if (form.get('Action') !== 'Publish') throw new Error(`the fake does not know ${form.get('Action')}`);
  const attributes: Record<string, unknown> = {};
  for (let index = 1; form.has(`MessageAttributes.entry.${index}.Name`); index++) {
    const at = `MessageAttributes.entry.${index}`;
    attributes[form.get(`${at}.Name`)!] = { DataType: form.get(`${at}.Value.DataType`), StringValue: form.get(`${at}.Value.StringValue`) };
  }
  return { TopicArn: form.get('TopicArn'), Subject: form.get('Subject'), Message: form.get('Message'), MessageAttributes: attributes };
}

function refused({ name, message, ...details }: Error, isJson: boolean, method: string): Answer {
  if (isJson) {
    const status = name.startsWith('Internal') ? 500 : 400;
    return { status, headers: JSON_1_0, body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...details }) };
  }
  if (method === 'POST') {
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
    return { status: 400, headers: { 'content-type': 'text/xml' }, body };
  }
  return { status: name === 'PreconditionFailed' ? 412 : 403, headers: { 'content-type': 'application/xml' }, body: `<Error><Code>${name}</Code><Message>${message}</Message></Error>` };
}
