import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundCredentials, CredentialHost } from './bound-credentials';
import { Waiver } from '../../core';
import { DataDomain } from '../../foundation';
import { requireDays } from '../../private';
import { RotatingSecret, RotationStrategy } from '../../secrets';
import { keepByHand } from '../../secrets/private/kept-secret';
import { ConnectorKeyPairOptions, HandKeptCredentialOptions } from '../connector-credentials';

/** A key pair that rotates: its function needs the connectors, and they the secret, which is made without them. */
export function rotatingKeyPair(host: CredentialHost, options: ConnectorKeyPairOptions): BoundCredentials {
  const rotateEvery = options.rotateEvery ?? Duration.days(60);
  const rotating = new RotatingSecret(host.scope, 'Credentials', {
    foundation: host.foundation,
    strategy: RotationStrategy.sftpConnectorKeyPair({
      userName: options.userName,
      connectorId: host.connectorId,
      probeConnectorId: host.addProbe(),
      bus: options.bus,
      keyType: options.keyType,
      offerFor: options.offerFor,
    }),
    rotateEvery,
    overlap: options.overlap ?? usualOverlap(rotateEvery),
  });
  return {
    secret: rotating.secret,
    encryptionKey: rotating.encryptionKey,
    // The partner takes the old key away when the overlap has ended, and may be late with the new one.
    stages: ['AWSCURRENT', 'AWSPREVIOUS'],
    rotator: rotating.function,
  };
}

/** A secret that a person puts. */
export function handKeptCredential(host: CredentialHost, withoutRotation: Waiver, options: HandKeptCredentialOptions): BoundCredentials {
  const maxAge = options.maxAge ?? Duration.days(365);
  requireDays(host.scope, 'maxAge', maxAge, 1, 365);
  const encryptionKey = host.foundation.key(DataDomain.SECRETS);
  const secret = keepByHand(new Construct(host.scope, 'Credentials'), {
    encryptionKey,
    description: `Kept by hand for ${host.scope.node.path}: {"Username":"...","PrivateKey":"..."}, and a password if the partner asks for one`,
    // It has none of the members that a connector looks for, so that it signs in nowhere.
    initially: { secretStringTemplate: '{}', generateStringKey: 'placeholder' },
  }, withoutRotation);
  return { secret, encryptionKey, maxAge };
}

/** Whatever only deployment knows is refused with the rest of the times. */
function usualOverlap(rotateEvery: Duration): Duration | undefined {
  if (rotateEvery.isUnresolved()) return undefined;
  return Duration.seconds(Math.floor(Math.min(Duration.days(7).toSeconds(), rotateEvery.toSeconds() / 3)));
}
