import { createCipheriv, createHash } from 'node:crypto';

/** How much is drawn from the cipher at a time. */
const BLOCK = Buffer.alloc(64 * 1024);

/** Numbers that look random, and are the same for the same seed. */
export class Random {
  private readonly cipher;
  private block = BLOCK;
  private at = BLOCK.length;

  constructor(seed: string) {
    const key = createHash('sha256').update(seed).digest();
    this.cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16));
  }

  /** A whole number from 0, below `end`. */
  public below(end: number): number {
    if (this.at === this.block.length) {
      this.block = this.cipher.update(BLOCK);
      this.at = 0;
    }
    const drawn = this.block.readUInt32LE(this.at);
    this.at += 4;
    return drawn % end;
  }

  public pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  public bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}
