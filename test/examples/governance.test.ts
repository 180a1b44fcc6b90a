import { App } from 'aws-cdk-lib';
import { templatesIn } from './synthesize';
import { unreported } from './weakened-governance';
import { unreportedOf } from './weakenings';
import { addHub } from '../../examples/partner-hub/hub';
import { RULES } from '../../src/rules';

jest.setTimeout(120_000);

describe('what governs an environment', () => {
  const app = new App({ analyticsReporting: false });
  addHub(app);
  app.synth();
  const templates = templatesIn(app);
  const [governing, beside] = [['Test/Governance'], ['Test/Shared']].map((names) => templates.filter(({ name }) => names.includes(name)));

  test('has no protection that could be taken away without a finding', () => {
    const found = unreported(governing, beside);
    expect(found.unreported).toEqual([]);
    expect(found.tried).toBeGreaterThan(600);
  });

  test('is searched by what would tell a protection that nothing asks for', () => {
    const name = 'the table is tagged';
    const apply = (all: Record<string, any>) => Object.values(all).filter(({ Type }) => Type === 'AWS::DynamoDB::Table').forEach(({ Properties }) => Properties.Tags = []);
    expect(unreportedOf([{ name, stack: 'Test/Governance', type: 'AWS::DynamoDB::Table', apply }], [...governing, ...beside], RULES)).toEqual([name]);
  });
});
