import { SignCommand } from './options';
import type { Delivery } from '../../runtime/webhooks/delivery';

/** A line for a POSIX shell that sends the request. The body is read from its file unless it was changed by signing. */
export function curlLine({ method, url, headers, body }: Delivery, { body: path }: SignCommand, sent: Buffer): string {
  const data = body.equals(sent) ? `@${path}` : body.toString('utf8');
  // curl would ask for `Expect: 100-continue`, follow its configuration file and read `[]` in an address as ranges.
  const words = [
    'curl', '--disable', '--globoff', '--request', method, ...headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    '--header', 'Expect:', '--data-binary', data, '--', url,
  ];
  return words.map(quoted).join(' ');
}

/** Plain words stay as they are; between single quotes a shell reads nothing but the closing one (POSIX.1-2024, Shell, 2.2.2). */
function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
