import { createServer, IncomingMessage, request, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/** A call that is lost: before AWS sees it, or on the way back. */
export interface Loss {
  /** From 1 on. */
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** The line between a function and AWS. It loses one call and all that follow, as if the function had died there, until it is mended. */
export class LossyLine {
  public static async start(endpoint: string, loss?: Loss): Promise<LossyLine> {
    const line = new LossyLine(endpoint, loss);
    await new Promise<void>((done) => line.server.listen(0, '127.0.0.1', done));
    return line;
  }

  /** Whether the call was lost: there may be fewer. */
  public hasLost = false;
  private calls = 0;
  private isBroken = false;
  private readonly server: Server;

  private constructor(private readonly target: string, private loss?: Loss) {
    this.server = createServer((incoming, outgoing) => this.pass(incoming, outgoing));
  }

  /** Where the function believes AWS to be. */
  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Will lose another call, counted from now on. */
  public lose(loss: Loss): void {
    this.loss = loss;
    this.calls = 0;
    this.hasLost = this.isBroken = false;
  }

  /** Loses nothing more. */
  public mend(): void {
    this.loss = undefined;
    this.isBroken = false;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (this.isBroken) return void incoming.socket.destroy();
    const isTheOne = ++this.calls === this.loss?.call;
    if (isTheOne) this.hasLost = this.isBroken = true;
    if (isTheOne && this.loss?.when === 'before') return void incoming.socket.destroy();
    const onward = request(`${this.target}${incoming.url}`, { method: incoming.method, headers: incoming.headers }, (answer) => {
      if (isTheOne) return void answer.resume().on('end', () => incoming.socket.destroy());
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  }
}
