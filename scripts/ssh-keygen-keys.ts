// Makes keys by the ssh-keygen of this machine and holds the reader of keys to it: which are taken, which fingerprints they have, that nothing of a
// private key is taken or told. Usage: ts-node scripts/ssh-keygen-keys.ts [file to write the public keys to]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSshPublicKey, SshKeyPurpose } from '../src/formats/ssh-public-key';

const PURPOSES: readonly SshKeyPurpose[] = ['partner', 'host', 'connector-host'];
const ALL = PURPOSES;
const HOSTS: readonly SshKeyPurpose[] = ['host', 'connector-host'];

/** What ssh-keygen is asked for, and what the key is taken for. */
const KINDS: readonly (readonly [type: string, bits: string | undefined, takenFor: readonly SshKeyPurpose[]])[] = [
  ['ed25519', undefined, ['partner', 'host']],
  ['ecdsa', '256', ALL], ['ecdsa', '384', ALL], ['ecdsa', '521', ALL],
  ['rsa', '1024', []], ['rsa', '2040', []], ['rsa', '2048', HOSTS], ['rsa', '3064', HOSTS], ['rsa', '3072', ALL], ['rsa', '4096', ALL],
  ['dsa', undefined, []],
];
/** These take minutes: they are only made for a file. */
const SLOW: typeof KINDS = [['rsa', '8192', ALL], ['rsa', '8200', []]];

/** A public key as a file has it, with what ssh-keygen and we have to say of it. */
interface Sample { readonly name: string; readonly line: string; readonly fingerprint: string; readonly takenFor: readonly SshKeyPurpose[] }

const folder = mkdtempSync(join(tmpdir(), 'ssh-keys-'));
const failures: string[] = [];

function keygen(...args: string[]): string {
  return execFileSync('ssh-keygen', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function check(what: string, holds: boolean): void {
  if (!holds) failures.push(what);
}

/** Makes a pair, judges both halves, and a certificate of it. */
function samplesOf([type, bits, takenFor]: typeof KINDS[number]): Sample[] {
  const name = `${type}${bits ?? ''}`;
  try {
    keygen('-q', '-t', type, ...(bits ? ['-b', bits] : []), '-N', '', '-C', 'partner@example.com', '-f', name);
  } catch (error) {
    // OpenSSH 10 makes no DSA keys any more.
    if (type !== 'dsa') throw error;
    console.log(`${name}: ssh-keygen makes none`);
    return [];
  }
  judgePrivate(name);
  const samples = [judged(name, `${name}.pub`, takenFor)];
  if (bits === undefined || bits === '256' || bits === '3072') {
    keygen('-q', '-s', 'ca', '-I', 'partner', '-n', 'partner', `${name}.pub`);
    samples.push(judged(`${name}-cert`, `${name}-cert.pub`, []));
  }
  return samples;
}

/** A private key, in each form that it is written in, is refused by its name, and no word of it comes back. */
function judgePrivate(name: string): void {
  for (const form of [undefined, 'PEM', 'PKCS8'] as const) {
    // Only RSA, DSA and ECDSA keys have the older forms; -p rewrites the file in place.
    if (form && name.startsWith('ed25519')) continue;
    if (form) keygen('-q', '-p', '-N', '', '-P', '', '-m', form, '-f', name);
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [written, given] of [['as a file', text], ['in one line', text.replace(/\n/g, '')], ['after a type', `ssh-rsa ${text}`]]) {
      for (const purpose of PURPOSES) {
        const answer = readSshPublicKey(given, purpose);
        const told = JSON.stringify(answer);
        check(`${name} (${form ?? 'OpenSSH'}, ${written}): the private half is taken`, 'problem' in answer && answer.problem === 'is a private key');
        check(`${name}: words of the private half are told`, !text.split('\n').some((line) => line.length > 20 && !line.startsWith('-') && told.includes(line)));
      }
    }
  }
}

function judged(name: string, file: string, takenFor: readonly SshKeyPurpose[]): Sample {
  const line = readFileSync(join(folder, file), 'utf8').trim();
  const [, fingerprint] = keygen('-l', '-f', file).split(' ');
  for (const purpose of PURPOSES) {
    const key = readSshPublicKey(line, purpose);
    check(`${name} as ${purpose}: ${JSON.stringify(key)}`, takenFor.includes(purpose) === !('problem' in key));
    if (!('problem' in key)) check(`${name}: fingerprint ${key.fingerprint}, not ${fingerprint}`, key.fingerprint === fingerprint);
  }
  return { name, line, fingerprint, takenFor };
}

try {
  const [file] = process.argv.slice(2);
  keygen('-q', '-t', 'ed25519', '-N', '', '-f', 'ca');
  const samples = [...KINDS, ...(file ? SLOW : [])].flatMap(samplesOf);
  if (file) writeFileSync(file, `${JSON.stringify(samples, null, 2)}\n`);
  failures.forEach((line) => console.error(line));
  console.log(`ssh-keygen-keys: ${samples.length} public keys, ${failures.length} failures`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
