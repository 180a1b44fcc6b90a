import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SshKeyPurpose } from '../../src/formats/ssh-public-key';

/** A public key of ssh-keygen; `test/fixtures/ssh/README.md` says how it was made. */
export interface Sample {
  readonly name: string;
  readonly line: string;
  readonly fingerprint: string;
  readonly takenFor: readonly SshKeyPurpose[];
}

export const SAMPLES = JSON.parse(readFileSync(join(__dirname, '../fixtures/ssh/keys.json'), 'utf8')) as readonly Sample[];

/** The line of a sample by name. */
export const lineOf = (name: string): string => SAMPLES.find((sample) => sample.name === name)!.line;

/** Type and key of a sample, without comment. */
export const bodyOf = (name: string): string => lineOf(name).split(' ').slice(0, 2).join(' ');

/** Strings behind their lengths (RFC 4251, 5). */
export function blobOf(...strings: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(strings.flatMap((each) => {
    const bytes = Buffer.from(each as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  }));
}

/** A line that says a type, whatever the blob holds. */
export const lineWith = (type: string, blob: Buffer): string => `${type} ${blob.toString('base64')}`;

/** The same bytes but for one bit. */
export function flipped(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  const [index, value] = [Math.floor(bit / 8) % bytes.length, 2 ** (bit % 8)];
  changed[index] += Math.floor(changed[index] / value) % 2 === 0 ? value : -value;
  return changed;
}
