import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeBearerKey } from '../../src/runtime/api/bearer-key';
import { ENDLESS, KEY, keyEvent, MAC_KEY_ARN, TABLE_NAME } from '../../test/runtime/api/key-world';
import { signer, token } from '../../test/runtime/api/tokens';
import { HttpsServer, loopbackCertificate } from '../../test/runtime/https-server';
import { keyCloud } from '../../test/runtime-e2e/bearer-keys';
import { LoopbackAws } from '../../test/runtime-e2e/loopback-aws';

/** What an authorizer is started with, and asked. */
export interface Situation { readonly environment: Readonly<Record<string, string>>; readonly event: unknown }

/** An issuer of tokens and an AWS on loopback. */
export interface StandIn { readonly oidc: Situation; readonly bearerKey: Situation; stop(): Promise<void> }

/** Starts both; the issuer's certificate is put into the directory. */
export async function standIn(directory: string): Promise<StandIn> {
  const certificate = await loopbackCertificate();
  const ca = join(directory, 'ca.pem');
  writeFileSync(ca, certificate.cert);
  const key = signer('ES256', 'ec-1');
  const issuer = await HttpsServer.start(certificate, (_url, response) => void response.end(JSON.stringify({ keys: [key.jwk] })));
  const aws = await LoopbackAws.start(keyCloud(KEY.prefix));
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer.origin, aud: 'orders', sub: 'user-7', client_id: 'app', scope: 'orders:read', iat: seconds, exp: seconds + 3600 };
  const consumer = `name=acme&issuer=${issuer.origin}&client=app&from=192.0.2.0/24&scopes=orders:read`;
  return {
    oidc: {
      environment: {
        ISSUERS: JSON.stringify([{ issuer: issuer.origin, audiences: ['orders'], jwksUri: `${issuer.origin}/keys` }]),
        NODE_EXTRA_CA_CERTS: ca,
      },
      event: keyEvent(`Bearer ${token(key, claims)}`, { consumer }),
    },
    bearerKey: {
      environment: { TABLE_NAME, MAC_KEY_ARN, KEY_PREFIX: KEY.prefix, AWS_ENDPOINT_URL: aws.endpoint },
      event: keyEvent(`Bearer ${writeBearerKey(KEY)}`, { consumer: ENDLESS }),
    },
    stop: async () => {
      await issuer.stop();
      await aws.stop();
    },
  };
}
