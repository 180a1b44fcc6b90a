/** The row of a delivery after its first attempt. */
export function dueRow(phase: string) {
  return {
    endpoint: { S: 'ep_1' },
    message: { S: 'msg_1' },
    tenant: { S: 'acme' },
    phase: { S: phase },
    attempt: { N: '2' },
    seriesStart: { N: '0' },
    releases: { N: '0' },
    dueAt: { N: '1' },
    dueShard: { S: '3' },
    body: { B: 'e30=' },
  };
}
