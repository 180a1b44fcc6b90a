import { curlLine } from './curl';
import { bytesOf } from './files';
import { parseWebhook, SignCommand, VerifyCommand } from './options';
import { WebhookPorts } from './ports';
import { signedRequest } from './sign';
import { explain } from './verify';
import { visible } from '../../report';
import { InputError, UsageError } from '../errors';
import { HELP } from '../help';
import { EXIT } from '../run';

/** Runs `webhook sign` or `webhook verify` and resolves to the exit code. Never rejects for bad arguments, bad files or an answer that fails. */
export async function runWebhook(ports: WebhookPorts): Promise<number> {
  try {
    const argv = ports.argv.slice(1);
    if (argv.includes('--help') || argv.includes('-h')) {
      ports.stdout(HELP);
      return EXIT.clean;
    }
    const command = parseWebhook(argv);
    return command.name === 'sign' ? await sign(ports, command) : verify(ports, command);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof InputError)) throw error;
    ports.stderr(`cdk-secure-integrations: ${visible(error.message)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.input;
  }
}

async function sign(ports: WebhookPorts, command: SignCommand): Promise<number> {
  const request = signedRequest(ports, command);
  if (!command.send) {
    ports.stdout(`${curlLine(request, command, bytesOf(ports.files, command.body))}\n`);
    return EXIT.clean;
  }
  let status: number;
  try {
    status = await ports.send(request);
  } catch {
    throw new InputError(command.url, 'the request could not be sent', 'check the address'); // the cause may repeat what was sent
  }
  ports.stdout(`${command.url}: ${status}\n`);
  return status >= 200 && status < 300 ? EXIT.clean : EXIT.findings;
}

function verify(ports: WebhookPorts, command: VerifyCommand): number {
  const { isGenuine, text } = explain(ports, command);
  ports.stdout(text.split('\n').map(visible).join('\n'));
  return isGenuine ? EXIT.clean : EXIT.findings;
}
