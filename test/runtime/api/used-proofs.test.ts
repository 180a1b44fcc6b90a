import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DpopWorld, boundToken, proof, proven } from './proofs';
import { parseDpopSettings } from '../../../src/runtime/api/dpop-settings';
import { UsedProofs } from '../../../src/runtime/api/used-proofs';

function store(answer: () => Promise<unknown>) {
  const sent: PutItemCommand[] = [];
  const client = { send: async (command: PutItemCommand) => { sent.push(command); return answer(); } } as unknown as DynamoDBClient;
  return { sent, used: new UsedProofs(client, 'proofs', () => 'request-1') };
}

test('a mark is put on condition that there is none, or that this request made it', async () => {
  const { sent, used } = store(async () => ({}));
  expect(await used.takeOnce('hash', 1764000120)).toBe(true);
  expect(sent[0].input).toEqual({
    TableName: 'proofs',
    Item: { proof: { S: 'hash' }, taker: { S: 'request-1' }, expires: { N: '1764000120' } },
    ConditionExpression: 'attribute_not_exists(proof) OR taker = :taker',
    ExpressionAttributeValues: { ':taker': { S: 'request-1' } },
  });
});

test('a mark of another request says that the proof was used', async () => {
  const { used } = store(async () => { throw Object.assign(new Error(), { name: 'ConditionalCheckFailedException' }); });
  expect(await used.takeOnce('hash', 1)).toBe(false);
});

test('any other error is passed on', async () => {
  const { used } = store(async () => { throw Object.assign(new Error('no'), { name: 'ThrottlingException' }); });
  await expect(used.takeOnce('hash', 1)).rejects.toThrow('no');
});

test('a mark tells neither the key nor the jti', async () => {
  const world = new DpopWorld();
  const text = boundToken();
  await world.outcome(proven(text, proof(text, { jti: 'CANARY' })));
  expect([...world.marks.keys()].join()).not.toContain('CANARY');
});

describe('the configuration', () => {
  const good = { ORIGINS: '["https://api.example.com","https://orders.example.org:8443"]', TABLE_NAME: 'proofs' };

  test('names origins and a table', () => {
    expect(parseDpopSettings(good)).toEqual({ origins: ['https://api.example.com', 'https://orders.example.org:8443'], table: 'proofs' });
  });

  test.each([undefined, '', '[]', '{}', '[7]', '["http://api.example.com"]', '["https://api.example.com/"]', '["https://api.example.com/v1"]', '["https://API.example.com"]', '["https://api.example.com:443"]'])(
    'is refused with the origins %p', (ORIGINS) => {
      expect(() => parseDpopSettings({ ...good, ORIGINS })).toThrow("ORIGINS must be a JSON array of at least one origin, such as 'https://api.example.com'");
    });

  test.each([undefined, ''])('is refused with the table %p', (TABLE_NAME) => {
    expect(() => parseDpopSettings({ ...good, TABLE_NAME })).toThrow('TABLE_NAME must name the table of proofs that were used');
  });
});
