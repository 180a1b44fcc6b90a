import { Refused } from './failures';
import { generatePassword, PASSWORD } from './password';
import { SALT_BYTES, SCRYPT_COST, ScryptCost, verifyPassword, writeVerifier } from './password-verifier';
import type { CredentialKind } from './stored-credential';
import { readFields, writeFields } from './versioned-content';

/** Whose passwords, and what they are made of. */
export interface SftpPasswordOptions {
  readonly userName: string;
  readonly randomBytes: (size: number) => Buffer;
  readonly cost?: ScryptCost;
}

/** The password of an SFTP user. The table holds a verifier, with a new salt for each. */
export function sftpPassword({ userName, randomBytes, cost = SCRYPT_COST }: SftpPasswordOptions): CredentialKind<string> {
  return {
    issue: (version) => writeFields({ username: userName, password: generatePassword(randomBytes) }, version),

    read(content, version) {
      const { username, password } = readFields(content, { username: /^/, password: PASSWORD }, version);
      if (username !== userName) throw new Refused('unknown-content', 'the version holds the password of another user');
      return password;
    },

    entryOf: async (password) => ({ verifier: writeVerifier(password, randomBytes(SALT_BYTES), cost) }),

    async check({ verifier }, password) {
      if (!verifyPassword(password, verifier)) throw new Refused('credential-not-genuine', 'the row vouches for another credential; rotate again');
    },
  };
}
