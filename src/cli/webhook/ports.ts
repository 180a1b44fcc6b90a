import type { Delivery } from '../../runtime/webhooks/delivery';
import { Ports } from '../ports';

/** What `webhook` touches besides what the other commands do. */
export interface WebhookPorts extends Ports {
  /** A variable of the environment. */
  env(name: string): string | undefined;
  /** All of the standard input. */
  stdin(): Uint8Array;
  /** Seconds since the Unix epoch; asked only where `--at` is absent. */
  nowSeconds(): number;
  /** An identifier that no other delivery has; asked only where `--id` is absent. */
  newId(): string;
  /** Sends a request, follows no redirect, and resolves to the status of the answer. */
  send(request: Delivery): Promise<number>;
}
