import { Token } from 'aws-cdk-lib';

/** A header's name as the verifier compares it; the text of a token must stay as it is. */
export function headerName(name: string): string {
  return Token.isUnresolved(name) ? name : name.toLowerCase();
}
