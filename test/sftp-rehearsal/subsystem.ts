import { posix } from 'node:path';
import type { FileAttributes, SftpStream, Ssh2 } from './ssh2';
import { Place, Session, Storage } from './storage';

/** What a handle stands for: a listing that was not told yet, or a file. */
type Open = { readonly names: string[] } | { readonly place: Place; content: Buffer; readonly isWritten: boolean };

/** The subsystem of SFTP for one session: paths lead below its home, and what happens there its policy allows (draft-ietf-secsh-filexfer-02). */
export function serveSftp(stream: SftpStream, session: Session, storage: Storage, { utils: { sftp: { OPEN_MODE, STATUS_CODE } } }: Ssh2): void {
  const open = new Map<number, Open>();
  let opened = 0;

  const absolute = (path: string) => posix.resolve('/', path);
  const handleOf = (handle: Buffer) => open.get(handle.readUInt32BE(0));

  function hand(id: number, what: Open): void {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(++opened);
    open.set(opened, what);
    stream.handle(id, handle);
  }

  /** Answers with what comes of an action, in the order in which they are asked for. */
  let before: Promise<unknown> = Promise.resolve();
  function serve<A extends readonly unknown[]>(request: string, act: (id: number, ...args: A) => Promise<void> | void): void {
    stream.on(request, (id: number, ...args: readonly never[]) => {
      before = before.then(() => act(id, ...args as unknown as A)).catch(() => stream.status(id, STATUS_CODE.OP_UNSUPPORTED));
    });
  }

  async function attributesOf(path: string): Promise<FileAttributes | undefined> {
    const place = storage.placeOf(session, absolute(path));
    if (absolute(path) === '/') return attributes(0);
    if (!place) return undefined;
    const content = storage.objects.get(`${place.bucket}/${place.key}`);
    const names = await storage.list(session, { ...place, key: place.key.replace(/[^/]*$/, '') });
    if (content && names?.includes(posix.basename(place.key))) return attributes(content.length, 0o100644);
    const isFolder = (await storage.list(session, place))?.length;
    return isFolder ? attributes(0) : undefined;
  }

  async function tellAttributes(id: number, path: string): Promise<void> {
    const found = await attributesOf(path);
    if (found) stream.attrs(id, found);
    else stream.status(id, STATUS_CODE.NO_SUCH_FILE);
  }

  // The client waits for this after its last command.
  stream.on('end', () => stream.end());
  serve('REALPATH', (id, path: string) => stream.name(id, [{ filename: absolute(path), longname: absolute(path), attrs: attributes(0) }]));
  serve('STAT', tellAttributes);
  serve('LSTAT', tellAttributes);
  serve('OPENDIR', async (id, path: string) => {
    const place = storage.placeOf(session, absolute(path));
    const names = place && await storage.list(session, place);
    if (names) hand(id, { names: [...names] });
    else stream.status(id, STATUS_CODE.PERMISSION_DENIED);
  });
  serve('READDIR', (id, handle: Buffer) => {
    const what = handleOf(handle);
    if (!what || !('names' in what) || what.names.length === 0) return stream.status(id, STATUS_CODE.EOF);
    stream.name(id, what.names.splice(0).map((filename) => ({ filename, longname: filename, attrs: attributes(0, 0o100644) })));
  });
  serve('OPEN', async (id, path: string, flags: number) => {
    const place = storage.placeOf(session, absolute(path));
    const isWritten = Math.floor(flags / OPEN_MODE.WRITE) % 2 === 1; // OPEN_MODE.WRITE is one bit
    const isAllowed = place && await (isWritten ? storage.mayWrite(session, place) : storage.mayRead(session, place));
    if (!isAllowed) return stream.status(id, STATUS_CODE.PERMISSION_DENIED);
    const content = isWritten ? Buffer.alloc(0) : storage.objects.get(`${place.bucket}/${place.key}`);
    if (!content) return stream.status(id, STATUS_CODE.NO_SUCH_FILE);
    hand(id, { place, content, isWritten });
  });
  serve('READ', (id, handle: Buffer, offset: number, length: number) => {
    const what = handleOf(handle);
    const part = what && 'content' in what ? what.content.subarray(offset, offset + length) : Buffer.alloc(0);
    if (part.length === 0) stream.status(id, STATUS_CODE.EOF);
    else stream.data(id, part);
  });
  serve('WRITE', (id, handle: Buffer, offset: number, data: Buffer) => {
    const what = handleOf(handle);
    if (!what || !('content' in what) || !what.isWritten) return stream.status(id, STATUS_CODE.PERMISSION_DENIED);
    what.content = Buffer.concat([what.content.subarray(0, offset), data]);
    stream.status(id, STATUS_CODE.OK);
  });
  serve('FSTAT', (id, handle: Buffer) => {
    const what = handleOf(handle);
    stream.attrs(id, attributes(what && 'content' in what ? what.content.length : 0, 0o100644));
  });
  for (const request of ['SETSTAT', 'FSETSTAT']) serve(request, (id) => stream.status(id, STATUS_CODE.OK));
  serve('CLOSE', (id, handle: Buffer) => {
    const what = handleOf(handle);
    if (what && 'content' in what && what.isWritten) storage.objects.set(`${what.place.bucket}/${what.place.key}`, what.content);
    open.delete(handle.readUInt32BE(0));
    stream.status(id, STATUS_CODE.OK);
  });
  serve('REMOVE', async (id, path: string) => {
    const place = storage.placeOf(session, absolute(path));
    if (!place || !await storage.mayDelete(session, place)) return stream.status(id, STATUS_CODE.PERMISSION_DENIED);
    stream.status(id, storage.objects.delete(`${place.bucket}/${place.key}`) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE);
  });
  for (const request of ['RENAME', 'MKDIR', 'RMDIR', 'SYMLINK', 'READLINK', 'EXTENDED']) serve(request, (id) => stream.status(id, STATUS_CODE.OP_UNSUPPORTED));
}

function attributes(size: number, mode = 0o40755): FileAttributes {
  return { mode, uid: 0, gid: 0, size, atime: 0, mtime: 0 };
}
