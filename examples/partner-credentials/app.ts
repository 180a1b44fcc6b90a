import { App, AppProps } from 'aws-cdk-lib';
import { addPartnerCredentials } from './environment';
import { checkedApp } from '../shared/checked-app';

/** The credentials of a payment service and its partners, under this library's policy and all six packs of cdk-nag. */
export function partnerCredentialsApp(props: AppProps = {}): App {
  const app = checkedApp(props);
  addPartnerCredentials(app);
  return app;
}
