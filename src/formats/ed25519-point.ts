/** Prime of the field (RFC 8032, 5.1). */
const P = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/**
 * Points of small order, by their y coordinate: whoever knows such a "public key" can sign in without any private key (RFC 8032, 8.2 and 8.9; the
 * orders divide the cofactor 8). All zeros, as a placeholder is written, is one of them.
 */
const SMALL_ORDER: readonly bigint[] = [
  0n, 1n, P - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
];

/** Why 32 bytes are no public key of Ed25519 that is any good; undefined where they are one (RFC 8032, 5.1.3 and 5.1.7). */
export function problemOfEd25519(bytes: Buffer): string | undefined {
  const encoded = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  // The first bit is the sign of x.
  const y = encoded % 2n ** 255n;
  if (y >= P) return 'is not written as RFC 8032 writes it';
  if (SMALL_ORDER.includes(y)) return 'is one that anybody can sign for';
  const square = y * y % P;
  // x² = u / v has a root where u·v is zero or a square, by Euler's criterion.
  const u = (square - 1n + P) % P;
  const v = (D * square + 1n) % P;
  return power(u * v % P, (P - 1n) / 2n) === 1n ? undefined : 'is no point of the curve';
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let rest = exponent; rest > 0n; rest /= 2n) {
    if (rest % 2n === 1n) result = result * square % P;
    square = square * square % P;
  }
  return result;
}
