import type { APIGatewayProxyResult } from 'aws-lambda';
import type { RequestOrigin } from './caller';

/** A request as API Gateway hands it over, as far as it is read. */
export interface ProxyRequest {
  readonly requestContext: RequestOrigin;
  readonly httpMethod?: string;
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
}

export function isRequest(event: unknown): event is ProxyRequest {
  const { requestContext } = Object(event ?? {}) as Partial<ProxyRequest>;
  return typeof requestContext === 'object' && requestContext !== null;
}

export function answer(statusCode: number, body: object): APIGatewayProxyResult {
  return { statusCode, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}
