/** The strings that a blob is made of, each behind its length (RFC 4251, 5); undefined where they do not fill it to the last byte. */
export function tryStrings(blob: Buffer): readonly Buffer[] | undefined {
  const strings: Buffer[] = [];
  let at = 0;
  while (at < blob.length) {
    if (blob.length - at < 4) return undefined;
    const length = blob.readUInt32BE(at);
    at += 4;
    if (length > blob.length - at) return undefined;
    strings.push(blob.subarray(at, at + length));
    at += length;
  }
  return strings;
}

/** A number above zero, written as short as can be (RFC 4251, 5: "Unnecessary leading bytes ... MUST NOT be included"); undefined for others. */
export function tryPositive(mpint: Buffer): bigint | undefined {
  if (mpint.length === 0 || mpint[0] >= 0x80) return undefined;
  if (mpint[0] === 0 && !(mpint[1] >= 0x80)) return undefined;
  return BigInt(`0x${mpint.toString('hex')}`);
}
