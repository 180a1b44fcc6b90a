import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A pair of keys that `ssh-keygen` made. */
export interface Pair { readonly file: string; readonly line: string }

/** How somebody signs in. */
export interface SignIn {
  readonly user: string;
  readonly key: Pair;
  /** Address of loopback to connect from. */
  readonly from?: string;
  readonly password?: string;
}

/** What came of a client. */
export interface Ran { readonly code: number | null; readonly output: string }

/** OpenSSH on this machine, with a folder of its own for keys and files. */
export class OpenSsh {
  public readonly folder = mkdtempSync(join(tmpdir(), 'sftp-rehearsal-'));
  private made = 0;

  /** Makes a pair, as a partner does. */
  public makeKey(...options: readonly string[]): Pair {
    const file = join(this.folder, `key-${++this.made}`);
    execFileSync('ssh-keygen', ['-q', '-N', '', '-C', 'somebody@example.com', '-f', file, ...options]);
    return { file, line: readFileSync(`${file}.pub`, 'utf8') };
  }

  /** Has the client pin the key of the server at a port. */
  public trust(port: number, { line }: Pair): void {
    writeFileSync(join(this.folder, 'known_hosts'), `[127.0.0.1]:${port} ${line.split(' ').slice(0, 2).join(' ')}\n`, { flag: 'a' });
  }

  /** Signs in and has commands done, one a line; the first that fails ends it, unless it begins with a hyphen. */
  public sftp(port: number, { user, key, from = '127.0.0.2', password }: SignIn, commands: readonly string[]): Promise<Ran> {
    const options = {
      BatchMode: password === undefined ? 'yes' : 'no',
      BindAddress: from,
      ConnectTimeout: '20',
      IdentitiesOnly: 'yes',
      IdentityAgent: 'none',
      IdentityFile: key.file,
      NumberOfPasswordPrompts: '1',
      Port: String(port),
      StrictHostKeyChecking: 'yes',
      UserKnownHostsFile: join(this.folder, 'known_hosts'),
    };
    const args = ['-F', '/dev/null', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]), '-b', '-', `${user}@127.0.0.1`];
    const child = spawn('sftp', args, { timeout: 60_000, cwd: this.folder, env: { PATH: process.env.PATH, HOME: this.folder, ...password !== undefined && this.askpass(password) } });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined); // it has ended, which `close` tells
    child.stdin.end(`${commands.join('\n')}\n`);
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() })));
  }

  public write(name: string, content: string): void {
    writeFileSync(join(this.folder, name), content);
  }

  public read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** What has the client ask a program for the password, where it has no terminal (ssh(1), SSH_ASKPASS_REQUIRE). */
  private askpass(password: string): Record<string, string> {
    const file = join(this.folder, 'askpass.sh');
    writeFileSync(file, '#!/bin/sh\nprintf "%s\\n" "$REHEARSAL_PASSWORD"\n', { mode: 0o700 });
    return { SSH_ASKPASS: file, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: 'none', REHEARSAL_PASSWORD: password };
  }
}
