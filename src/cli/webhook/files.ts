import { MAX_BODY_BYTES } from '../../runtime/webhooks/limits';
import { InputError } from '../errors';
import { codeOf, statOf } from '../input-file';
import { Files } from '../ports';

/** A captured request holds a body as text, base64 or JSON, and headers. */
const MAX_BYTES = 4 * MAX_BODY_BYTES;

/** Whether there is a file. */
export function existing(files: Files, path: string): boolean {
  return statOf(files, path)?.kind === 'file';
}

/** The bytes of a file, whatever they are. */
export function bytesOf(files: Files, path: string): Buffer {
  const info = statOf(files, path);
  if (info?.kind !== 'file') throw new InputError(path, 'there is no such file', 'check the path');
  if (info.bytes > MAX_BYTES) throw new InputError(path, `the file has ${info.bytes} bytes, more than ${MAX_BYTES}`, 'no webhook is that large');
  try {
    return Buffer.from(files.read(path));
  } catch (error) {
    throw new InputError(path, `the file cannot be read (${codeOf(error)})`, 'check its permissions');
  }
}
