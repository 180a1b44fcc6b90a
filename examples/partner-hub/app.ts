import { App, AppProps } from 'aws-cdk-lib';
import { addHub } from './hub';
import { checkedApp } from '../shared/checked-app';

/** The hub, under this library's policy and all six packs of cdk-nag. */
export function hubApp(props: AppProps = {}): App {
  const app = checkedApp(props);
  addHub(app);
  return app;
}
