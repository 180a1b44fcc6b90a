import { AccessProcess } from './access-process';
import { trainingCheckCases } from '../runtime/access/training-check-cases';

jest.setTimeout(120_000);

afterEach(AccessProcess.giveBack);
afterAll(AccessProcess.stopAll);

describe('the check of the training list, as it ships', () => {
  trainingCheckCases(async (environment, now) => {
    const told: unknown[] = [];
    const check = new AccessProcess('training-check', environment, ({ operation, input }) => {
      expect(operation).toBe('PutEvents');
      const [{ DetailType, Detail, Source }] = input.Entries as Array<Record<string, string>>;
      expect(Source).toBe('cdk-secure-integrations.access');
      told.push({ type: DetailType, detail: JSON.parse(Detail) as unknown });
      return { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
    }, () => now);
    await check.invoke({});
    return { log: check.listen(), told };
  });
});
