const CLASSES = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz', '0123456789', '-._~'];

/** Besides letters and digits what needs no escape in a URL (RFC 3986, 2.3), so that a password fits where clients of SFTP take one. */
const CHARACTERS = CLASSES.join('');

/** Of 66 characters, so that 36 of them, drawn alone, have 217 bits. AWS Transfer Family takes up to 1024 ("TestIdentityProvider", UserPassword). */
const LENGTH = 40;

/** What `generatePassword` makes. */
export const PASSWORD = /^[A-Za-z0-9._~-]{40}$/;

/** Makes a password of 40 characters, of which each class, upper and lower case, digits and punctuation, has at least one. */
export function generatePassword(randomBytes: (size: number) => Buffer): string {
  const draw = (characters: string) => characters[below(characters.length, randomBytes)];
  const drawn = [...CLASSES, ...Array<string>(LENGTH - CLASSES.length).fill(CHARACTERS)].map(draw);
  // Fisher and Yates, so that no place is of a class that could be told.
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = below(last + 1, randomBytes);
    [drawn[last], drawn[other]] = [drawn[other], drawn[last]];
  }
  return drawn.join('');
}

/** A number below `limit`, each with the same chance: what would favour the low ones is drawn again. */
function below(limit: number, randomBytes: (size: number) => Buffer): number {
  const fair = 0x10000 - 0x10000 % limit;
  for (;;) {
    const drawn = randomBytes(2).readUInt16BE();
    if (drawn < fair) return drawn % limit;
  }
}
