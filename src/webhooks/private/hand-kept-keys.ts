import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundKeys, KeyHost } from './bound-keys';
import { Waiver } from '../../core';
import { DataDomain } from '../../foundation';
import { requireDays, requireSeconds } from '../../private';
import { keepByHand } from '../../secrets/private/kept-secret';
import { HandKeptKeyOptions } from '../webhook-keys';

const MAX_OVERLAP = Duration.days(30);

/** Makes the secret of a key that a person puts. */
export function handKeptKeys({ receiver, foundation, secretFormat }: KeyHost, withoutRotation: Waiver, options: HandKeptKeyOptions): BoundKeys {
  const maxAge = options.maxAge ?? Duration.days(365);
  const overlap = options.overlap ?? Duration.days(1);
  requireDays(receiver, 'maxAge', maxAge, 1, 365);
  requireSeconds(receiver, 'overlap', overlap, 0, MAX_OVERLAP.toSeconds());

  const encryptionKey = foundation.key(DataDomain.SECRETS);
  const secret = keepByHand(new Construct(receiver, 'Key'), {
    encryptionKey,
    description: `Kept by hand for ${receiver.node.path}: ${secretFormat}`,
    // Too short to be a key of any scheme, so that deliveries are answered with 503 and not, as forged ones are, with 401.
    initially: { passwordLength: 8, excludePunctuation: true },
  }, withoutRotation);
  return { secret, encryptionKey, overlap, maxAge, validFor: maxAge.plus(overlap) };
}
