import { generateKeyPairSync } from 'node:crypto';

/** The public key of a server, as `ssh-keyscan` writes it after the name. */
export function rsaLine(bits: number): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const { n, e } = publicKey.export({ format: 'jwk' });
  return lineOf('ssh-rsa', [integer(e!), integer(n!)]);
}

export function ecdsaLine(curve: '256' | '384' | '521'): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: `P-${curve}` });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]);
  return lineOf(`ecdsa-sha2-nistp${curve}`, [Buffer.from(`nistp${curve}`), point]);
}

export function ed25519Line(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return lineOf('ssh-ed25519', [Buffer.from(x!, 'base64url')]);
}

function lineOf(type: string, parts: readonly Buffer[]): string {
  const blob = Buffer.concat([Buffer.from(type), ...parts].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  }));
  return `${type} ${blob.toString('base64')}`;
}

/** RFC 4251, 5: the first bit is the sign. */
function integer(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return bytes[0] >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}
