/** What a path leads to. */
export interface FileInfo {
  readonly kind: 'file' | 'directory' | 'other';
  readonly bytes: number;
}

/** The file system, as far as the command line uses it. */
export interface Files {
  /** Undefined where there is nothing. */
  stat(path: string): FileInfo | undefined;
  read(path: string): Uint8Array;
  /** Writes a file, and the directories on the way to it. */
  write(path: string, text: string): void;
}

/** Everything that the command line touches outside itself. */
export interface Ports {
  /** Arguments after the program's name. */
  readonly argv: readonly string[];
  readonly files: Files;
  /** Directory against which SARIF paths are relative, as code scanning reads them. */
  readonly workingDirectory: string;
  /** Whether the standard output shows colours. */
  readonly colour: boolean;
  readonly version: string;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Today, `YYYY-MM-DD`; asked only where `--as-of` is absent. */
  today(): string;
}
