import type { Attempt, Ssh2, SshServer } from './ssh2';
import { Session, Storage } from './storage';
import { serveSftp } from './subsystem';

export interface ServerOptions {
  readonly ssh2: Ssh2;
  readonly hostKey: string;
  readonly storage: Storage;
  /** Whether a password follows the key, as `SftpAuthenticationMethods` says at AWS. */
  readonly asksForPassword: boolean;
  /** The identity provider. */
  readonly ask: (event: unknown) => Promise<unknown>;
}

/**
 * A server that does what AWS Transfer Family does with an identity provider: it asks for keys, compares them with the one that a client proves to
 * have, asks once more with a password where both are required, and gives the client its home.
 */
export async function startServer(options: ServerOptions): Promise<{ readonly port: number; close(): void }> {
  const { ssh2, hostKey, storage } = options;
  const server: SshServer = new ssh2.Server({ hostKeys: [hostKey] }, (client, { ip }) => {
    let session: Session | undefined;
    let hasKey = false;
    client.on('error', () => undefined);
    client.on('authentication', (attempt) => {
      authenticate(attempt).catch(() => attempt.reject());
    });
    client.on('session', (accept) => accept().on('sftp', (acceptSftp) => serveSftp(acceptSftp(), session!, storage, ssh2)));

    async function authenticate(attempt: Attempt): Promise<void> {
      if (attempt.method === 'publickey') return withKey(attempt);
      if (attempt.method === 'password' && hasKey) return withPassword(attempt);
      return attempt.reject(options.asksForPassword && hasKey ? ['password'] : ['publickey']);
    }

    async function withKey(attempt: Attempt): Promise<void> {
      const answer = await ask(attempt.username);
      const known = answer?.PublicKeys?.map((line) => ssh2.utils.parseKey(line)).find((key) => key.getPublicSSH().equals(attempt.key!.data));
      if (!answer || !known) return attempt.reject(['publickey']);
      if (!attempt.signature) return attempt.accept(); // the client asks whether it is worth a signature
      if (known.verify(attempt.blob!, attempt.signature, attempt.hashAlgo) !== true) return attempt.reject(['publickey']);
      hasKey = true;
      if (options.asksForPassword) return attempt.reject(['password'], true);
      session = answer;
      return attempt.accept();
    }

    async function withPassword(attempt: Attempt): Promise<void> {
      session = await ask(attempt.username, attempt.password);
      return session ? attempt.accept() : attempt.reject(['password']);
    }

    async function ask(username: string, password?: string): Promise<Session | undefined> {
      const answer = await options.ask({ username, ...password !== undefined && { password }, protocol: 'SFTP', serverId: 's-0123456789abcdef0', sourceIp: ip }) as Session;
      return answer.Role ? answer : undefined;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}
