/** How far an authenticator is certified by the FIDO Alliance ("Authenticator Certification Levels"), from the weakest to the strongest. */
export enum SecurityKeyLevel {
  /** Any authenticator that passed, software included. */
  L1 = 'L1',
  /** L1, and hardened against attacks on the platform. */
  L1_PLUS = 'L1plus',
  /** Keys are kept in a restricted environment, such as a security key. */
  L2 = 'L2',
  /** L2, and tested for weaknesses by a laboratory. */
  L2_PLUS = 'L2plus',
  /** Withstands attacks on its circuits. */
  L3 = 'L3',
  /** Withstands attacks on its chip. */
  L3_PLUS = 'L3plus',
}
