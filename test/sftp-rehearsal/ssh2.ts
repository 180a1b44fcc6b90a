import { createRequire } from 'node:module';

/** An authentication that a client attempts. */
export interface Attempt {
  readonly method: string;
  readonly username: string;
  readonly password?: string;
  readonly key?: { readonly algo: string; readonly data: Buffer };
  /** Present where the client proves that it has the private key. */
  readonly signature?: Buffer;
  readonly blob?: Buffer;
  readonly hashAlgo?: string;
  accept(): void;
  reject(methodsLeft?: readonly string[], isPartialSuccess?: boolean): void;
}

export type FileAttributes = Readonly<Record<'mode' | 'uid' | 'gid' | 'size' | 'atime' | 'mtime', number>>;
export interface FileName { readonly filename: string; readonly longname: string; readonly attrs: FileAttributes }

/** The subsystem of SFTP, as the server sees it. */
export interface SftpStream {
  on(request: string, act: (id: number, ...args: readonly never[]) => void): this;
  on(event: 'end', act: () => void): this;
  end(): void;
  handle(id: number, handle: Buffer): void;
  status(id: number, code: number): void;
  data(id: number, data: Buffer): void;
  name(id: number, names: readonly FileName[]): void;
  attrs(id: number, attributes: FileAttributes): void;
}

export interface Connection {
  on(event: 'authentication', act: (attempt: Attempt) => void): this;
  on(event: 'session', act: (accept: () => { on(event: 'sftp', act: (accept: () => SftpStream) => void): void }) => void): this;
  on(event: 'ready' | 'close', act: () => void): this;
  on(event: 'error', act: (error: Error) => void): this;
}

export interface SshServer {
  listen(port: number, host: string, done: () => void): void;
  address(): { readonly port: number };
  close(): void;
}

/** What is used of the package; it is installed beside this file, and not known to the type check. */
export interface Ssh2 {
  readonly Server: new (
    options: { readonly hostKeys: readonly string[] }, connected: (client: Connection, info: { readonly ip: string }) => void,
  ) => SshServer;
  readonly utils: {
    readonly sftp: {
      readonly STATUS_CODE: Readonly<Record<'OK' | 'EOF' | 'NO_SUCH_FILE' | 'PERMISSION_DENIED' | 'OP_UNSUPPORTED', number>>;
      readonly OPEN_MODE: Readonly<Record<'READ' | 'WRITE', number>>;
    };
    parseKey(text: string): { verify(blob: Buffer, signature: Buffer, hash?: string): boolean | Error; getPublicSSH(): Buffer };
  };
}

export const loadSsh2 = () => createRequire(__filename)('ssh2') as Ssh2;
