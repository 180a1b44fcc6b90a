import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { today } from './clock';
import { FileInfo, Files, Ports } from './ports';

/** The ports of a real process. */
export function systemPorts(argv: readonly string[] = process.argv.slice(2)): Ports {
  return {
    argv,
    files: systemFiles,
    workingDirectory: process.cwd(),
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    version: packageVersion(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    today,
  };
}

const systemFiles: Files = {
  stat(path: string): FileInfo | undefined {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && { kind: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other', bytes: found.size };
  },
  read: (path) => readFileSync(path),
  write(path, text) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  },
};

function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
