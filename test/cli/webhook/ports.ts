import { runWebhook, WebhookPorts } from '../../../src/cli';
import { Delivery } from '../../../src/runtime/webhooks/delivery';
import { filesOf, Tree } from '../memory';

export const NOW = 1767225600;
export const SECRET = 'CANARY-secret-that-is-long-enough';

/** What a run left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly sent: readonly Delivery[];
}

/** Runs `webhook` on files in memory, at `NOW`, with `SECRET` in the variable `KEY`. */
export async function runOn(tree: Tree, argv: readonly string[], changes: Partial<WebhookPorts> = {}): Promise<Outcome> {
  const [out, err, sent] = [[] as string[], [] as string[], [] as Delivery[]];
  const code = await runWebhook({
    argv: ['webhook', ...argv],
    files: filesOf(tree),
    workingDirectory: '/repo',
    colour: false,
    version: '1.2.3',
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    today: () => '2026-01-01',
    env: (name) => ({ KEY: SECRET } as Readonly<Record<string, string>>)[name],
    stdin: () => Buffer.from(`${SECRET}\n`),
    nowSeconds: () => NOW,
    newId: () => 'msg_new',
    send: async (request) => { sent.push(request); return 204; },
    ...changes,
  });
  return { code, stdout: out.join(''), stderr: err.join(''), sent };
}
