import { JwtVerifier } from 'aws-jwt-verify';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

const [{ issuer, audiences, jwksUri }] = JSON.parse(process.env.ISSUERS!) as Array<{ issuer: string; audiences: string[]; jwksUri: string }>;
const verifier = JwtVerifier.create({ issuer, audience: audiences, jwksUri });

/** Verifies a token as the README of `aws-jwt-verify` shows, and nothing more: no scopes, no consumers, no log. */
export async function handler({ headers, methodArn }: APIGatewayRequestAuthorizerEvent) {
  const { sub } = await verifier.verify(headers!.Authorization!.slice('Bearer '.length));
  return { principalId: sub, policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }] } };
}
