/** Why something is not taken: where it stands, what is wrong, and what to do about it. Never holds a key or another value that was refused. */
export interface Refusal {
  /** Such as `keys[1].expires`; empty for the whole. */
  readonly path: string;
  readonly problem: string;
  readonly remedy?: string;
}
