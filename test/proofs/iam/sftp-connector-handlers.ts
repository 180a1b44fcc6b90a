import type { Handler, Variables } from './handlers';
import { rotating } from './rotations';
import type { Retrieve, Send } from '../../../src/runtime/sftp/transfer-settings';
import { ConnectorCloud } from '../../runtime/sftp/connector-cloud';
import type { RunningBundle } from '../../runtime-e2e/bundle';
import { overHttp } from '../../runtime-e2e/connector-aws';

const HOUR = 3_600_000;

/** How the functions of a connector that sends are exercised, and that retrieves if it does, by path of the connector. */
export function sftpConnectorHandlers(path: string, { rotates = true } = {}): Record<string, Handler> {
  let cloud: ConnectorCloud;
  return {
    ...rotates ? { [`${path}/Credentials/Function`]: rotating('sftp-connector-key-pair') } : {},
    [`${path}/Transfers/Function`]: {
      cloud(variables) {
        const { sends: [send] } = transfersOf(variables);
        cloud = new ConnectorCloud({ table: variables.TRANSFER_TABLE, outbox: send.bucket, connectorId: variables.CONNECTOR_ID });
        return overHttp(cloud);
      },
      async exercise(bundle, _environment, variables) {
        const { sends: [send], retrieves } = transfersOf(variables);
        await sendFiles(bundle, cloud, send);
        for (const retrieve of retrieves) await retrieveFile(bundle, cloud, retrieve);
      },
    },
  };
}

async function sendFiles(bundle: RunningBundle, cloud: ConnectorCloud, { bucket, name, prefix }: Send): Promise<void> {
  for (const file of ['a', 'b']) cloud.objects.set(`${prefix}/${file}`, { etag: '"1"', modified: Date.now() });
  await bundle.invoke({ task: 'send', name });
  const [failed] = cloud.results(cloud.transfers[0], 'CONNECTION_ERROR');
  await bundle.invoke({ Records: [{ messageId: 'm', body: failed }] });
  const overdue = `send /${bucket}/${prefix}/b`;
  cloud.rows.set(overdue, { ...cloud.row(overdue)!, since: { N: '0' } });
  await bundle.invoke({ task: 'watch' });
  await bundle.invoke({ task: 'release', file: overdue });
}

/** Has a file retrieved, and removed once another listing shows it. */
async function retrieveFile(bundle: RunningBundle, cloud: ConnectorCloud, retrieve: Retrieve): Promise<void> {
  const { listingsBucket, name, remote } = retrieve;
  const hear = (body: string) => bundle.invoke({ Records: [{ messageId: 'm', body }] });
  cloud.remote.set(`${remote}/a`, { modified: Date.now() - HOUR, size: 1 });
  for (let look = 0; look < 2; look++) {
    await bundle.invoke({ task: 'retrieve', name });
    await hear(cloud.listed(`l-${cloud.listings.length}`, { ...retrieve, listingsBucket }));
    if (look === 0) await hear(cloud.results(cloud.transfers.at(-1)!)[0]);
  }
}

function transfersOf({ TRANSFERS }: Variables): { readonly sends: readonly Send[]; readonly retrieves: readonly Retrieve[] } {
  const transfers = JSON.parse(TRANSFERS) as ReadonlyArray<Send | Retrieve>;
  return { sends: transfers.filter((each) => each.kind === 'send'), retrieves: transfers.filter((each) => each.kind === 'retrieve') };
}
