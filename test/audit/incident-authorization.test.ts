import { App, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { intakeWorld } from './incident-world';
import { api, audit } from '../../src';

describe('with tokens, an intake', () => {
  const issuers = [{ issuer: 'https://idp.example.com/', audiences: ['hub'] }];
  const oidc = (stack: Stack) => new api.OidcAuthorizer(stack, 'Staff', { issuers });

  test('takes responders who need a scope that staff do not have', () => {
    const { intake } = intakeWorld((stack) => {
      const staff = oidc(stack);
      return { reporters: api.Authorization.oidc(staff, 'report'), responders: api.Authorization.oidc(staff, 'respond') };
    });
    expect(intake.responderRoutes).toHaveLength(2);
  });

  test('refuses responders whose scope is one of staff', () => {
    expect(() => intakeWorld((stack) => {
      const staff = oidc(stack);
      return { reporters: api.Authorization.oidc(staff, 'staff'), responders: api.Authorization.oidc(staff, 'respond', 'staff') };
    })).toThrow("[Stack/Incidents] 'responders' must need a scope that reporters do not have, got 'staff' for both; else all staff would read incidents and end their pages");
  });

  test('refuses responders who are whom the API lets call', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    const staff = api.Authorization.cognito(cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abc'), 'hub/staff');
    expect(() => new audit.IncidentIntake(stack, 'Incidents', {
      api: new api.IntegrationApi(stack, 'Hub', { authorization: staff }), responders: staff, regimes: [audit.IncidentRegime.gdpr()],
    })).toThrow("'responders' must need a scope that reporters do not have, got 'hub/staff' for both");
  });

  test('takes the same scope of another issuer', () => {
    const { intake } = intakeWorld((stack) => ({
      reporters: api.Authorization.oidc(oidc(stack), 'incidents'),
      responders: api.Authorization.oidc(new api.OidcAuthorizer(stack, 'Responders', { issuers: [{ ...issuers[0], issuer: 'https://ops.example.com/' }] }), 'incidents'),
    }));
    expect(intake.responderRoutes).toHaveLength(2);
  });
});
