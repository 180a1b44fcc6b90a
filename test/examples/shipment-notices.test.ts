import type { SQSEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import { Notice, shipmentNotices } from '../../examples/partner-hub/runtime/shipment-notices';
import { tryJob } from '../../src/runtime/webhooks/outbound/message-attempt';
import { reportOn } from '../runtime-e2e/shipment-notices';

function report(...bodies: string[]) {
  const sent: Notice[] = [];
  const logged: object[] = [];
  const handler = shipmentNotices({ partners: ['acme'], send: async (notice) => { sent.push(notice); }, log: (entry) => logged.push(entry) });
  return { result: handler({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) } as SQSEvent), sent, logged };
}

test('a report on an order of a partner becomes a webhook that the sender takes, under the id of the event', async () => {
  const { result, sent } = report(reportOn('ACME-1'));
  expect(await result).toEqual({ batchItemFailures: [] });
  expect(sent.map(({ partner, text }) => [partner, tryJob(text)])).toEqual([['acme', {
    endpoint: 'acme',
    message: '0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f',
    attempt: 1,
    body: '{"type":"shipment.reported","timestamp":"2026-11-24T08:00:00Z","data":{"orderId":"ACME-1","state":"delivered"}}',
  }]]);
});

test.each(['INITECH-1', '17', 'acme-1'])('a report on %s, an order of nobody who is a partner, is left out', async (orderId) => {
  const { result, sent, logged } = report(reportOn(orderId));
  expect([await result, sent, logged]).toEqual([{ batchItemFailures: [] }, [], [{ outcome: 'nobody' }]]);
});

test.each(['null', '[]', 'shipment', '{"id":"1","time":"2"}', '{"id":1,"time":"2","detail":{"orderId":"ACME-1","state":"delivered"}}'])(
  'what is no report, such as %s, fails alone', async (body) => {
    const { result, sent } = report(body, reportOn('ACME-2'));
    expect(await result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(sent).toHaveLength(1);
  });

test('any message is sent or fails, and never throws', async () => {
  await fc.assert(fc.asyncProperty(fc.json(), async (body) => {
    const { result, sent } = report(body);
    expect((await result).batchItemFailures.length + sent.length).toBe(1);
  }));
});
