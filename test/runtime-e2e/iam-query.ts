import type { Answer } from './bundle';
import { Call } from '../runtime/secrets/harness/service';

/** The call in a request of the query protocol, which IAM speaks. */
export function iamCall(body: string): Call {
  const { Action = '', Version: _, ...input } = Object.fromEntries(new URLSearchParams(body)) as Record<string, string>;
  return { operation: Action, input };
}

/** Answers as IAM does: XML, with members of lists one by one; an error has its code without `Exception`. */
export function iamAnswer(body: string, respond: () => unknown, headers: Readonly<Record<string, string>>): Answer {
  const { operation } = iamCall(body);
  const xml = { ...headers, 'content-type': 'text/xml' };
  try {
    const result = `<${operation}Result>${xmlOf(respond() as object)}</${operation}Result>`;
    return { status: 200, headers: xml, body: `<${operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${result}</${operation}Response>` };
  } catch (error) {
    const { name, message } = error as Error;
    const code = escaped(name.replace(/Exception$/, ''));
    return { status: 400, headers: xml, body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>` };
  }
}

function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((member) => `<member>${xmlOf(member)}</member>`).join('');
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, inner]) => `<${name}>${xmlOf(inner)}</${name}>`).join('');
  return escaped(String(value));
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
