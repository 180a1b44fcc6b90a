import type { Handler, Variables } from './handlers';
import { rotating } from './rotations';
import type { Send } from '../../../src/runtime/sftp/transfer-settings';
import { ConnectorCloud } from '../../runtime/sftp/connector-cloud';
import { overHttp } from '../../runtime-e2e/connector-aws';

/** How the functions of a connector that sends, with a key pair that rotates, are exercised, by path of the connector. */
export function sftpConnectorHandlers(path: string): Record<string, Handler> {
  let cloud: ConnectorCloud;
  return {
    [`${path}/Credentials/Function`]: rotating('sftp-connector-key-pair'),
    [`${path}/Transfers/Function`]: {
      cloud(variables) {
        cloud = new ConnectorCloud({ table: variables.TRANSFER_TABLE, outbox: sendOf(variables).bucket, connectorId: variables.CONNECTOR_ID });
        return overHttp(cloud);
      },
      async exercise(bundle, _environment, variables) {
        const { bucket, name, prefix } = sendOf(variables);
        for (const file of ['a', 'b']) cloud.objects.set(`${prefix}/${file}`, { etag: '"1"', modified: Date.now() });
        await bundle.invoke({ task: 'send', name });
        const [failed] = cloud.results(cloud.transfers[0], 'CONNECTION_ERROR');
        await bundle.invoke({ Records: [{ messageId: 'm', body: failed }] });
        const overdue = `send /${bucket}/${prefix}/b`;
        cloud.rows.set(overdue, { ...cloud.row(overdue)!, since: { N: '0' } });
        await bundle.invoke({ task: 'watch' });
        await bundle.invoke({ task: 'release', file: overdue });
      },
    },
  };
}

function sendOf({ TRANSFERS }: Variables): Send {
  const [send] = JSON.parse(TRANSFERS) as Send[];
  return send;
}
