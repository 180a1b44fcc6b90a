import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Transfer } from './transfers';
import { isPrefix, overlaps } from '../../formats/directory-check';
import { ConfigurationError } from '../../private';

/** Absolute, without `.` and `..`; `/` alone is the root. */
const REMOTE = /^\/$|^(?:\/(?!\.{1,2}(?:\/|$))[^/\u0000-\u001f\u007f]+)+$/;
const MAX_REMOTE = 256;

/** As `NAME` in the settings of the runtime. */
const NAME = /^[A-Za-z0-9-]{1,64}$/;

/** Environment variables of a function have 4 KB in all (AWS Lambda Developer Guide, "Lambda quotas"); the others take less than the rest. */
const MAX_CHARACTERS = 3000;

/** Refuses what cannot work beside the transfers that there are. */
export function requireTransfer(scope: Construct, transfer: Transfer, others: readonly Transfer[]): void {
  const { name, prefix, remote } = transfer;
  if (!NAME.test(name)) throw new ConfigurationError(scope, `'id' must be 1 to 64 letters, digits and hyphens, got '${name}'; name the transfer so`);
  if (others.some((each) => each.name === name)) {
    throw new ConfigurationError(scope, `'id' must be another than those of the other transfers, got '${name}'; name it otherwise`);
  }
  for (const [prop, value] of Object.entries({ prefix, remoteDirectory: remote ?? '/' })) {
    if (Token.isUnresolved(value)) {
      throw new ConfigurationError(scope, `'${prop}' must be known at synthesis, got a value that deployment alone knows; write it, as rights end there`);
    }
  }
  if (!isPrefix(prefix)) {
    throw new ConfigurationError(scope, `'prefix' must be a folder without a slash at its ends, got '${prefix}'; write outbox/acme`);
  }
  if (remote !== undefined && (remote.length > MAX_REMOTE || !REMOTE.test(remote))) {
    throw new ConfigurationError(scope, `'remoteDirectory' must be an absolute path, got '${remote}'; write /incoming, without a slash at its end`);
  }
  requireApart(scope, transfer, others);
  const characters = [...others, transfer].reduce((sum, each) => sum + sizeOf(each), 0);
  if (characters > MAX_CHARACTERS) {
    throw new ConfigurationError(scope, `'id' must be one of fewer transfers, got number ${others.length + 1}, whose names and paths are too long together; `
      + 'make another connector for the same server');
  }
}

/** How much of the environment a transfer takes, with the names of its buckets and its members. */
function sizeOf({ kind, name, prefix, remote = '' }: Transfer): number {
  return prefix.length + remote.length + 2 * name.length + (kind === 'send' ? 200 : 400);
}

/** Two that have a file in common would each transfer it, and take the other's results for theirs. */
function requireApart(scope: Construct, { kind, bucket, prefix, remote }: Transfer, others: readonly Transfer[]): void {
  const twin = kind === 'send'
    ? others.find((each) => each.bucket === bucket && overlaps({ bucket: '', prefix }, { bucket: '', prefix: each.prefix }))
    : others.find((each) => each.kind === 'retrieve' && each.remote === remote)
      ?? others.find((each) => each.bucket === bucket && overlaps({ bucket: '', prefix }, { bucket: '', prefix: each.prefix }));
  if (twin) {
    const prop = twin.kind === 'retrieve' && twin.remote === remote && kind === 'retrieve' ? 'remoteDirectory' : 'prefix';
    throw new ConfigurationError(scope, `'${prop}' must be apart from that of '${twin.name}', got ${prop === 'prefix' ? prefix : remote}; choose another one`);
  }
}
