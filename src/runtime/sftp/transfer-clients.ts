import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListSecretVersionIdsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  ListFileTransferResultsCommand, ListFileTransferResultsResponse, StartDirectoryListingCommand, StartFileTransferCommand, StartRemoteDeleteCommand,
  TransferClient,
} from '@aws-sdk/client-transfer';
import type { TransferPorts } from './connector-transfer';
import type { FileResult } from './transfer-watch';
import { unless } from '../shared/error-name';

/** The clients that the function calls AWS with. */
export interface Clients {
  readonly s3: Pick<S3Client, 'send'>;
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
  readonly transfer: Pick<TransferClient, 'send'>;
}

type Calls = Pick<TransferPorts, 'outbox' | 'listing' | 'startSend' | 'startRetrieve' | 'list' | 'remove' | 'results' | 'credentialSince'>;

/** A listing has 10,000 entries at most, of some kilobyte each. */
const MAX_LISTING_BYTES = 32_000_000;

/** AWS Transfer Family API Reference, "StartDirectoryListing": `MaxItems`. */
const MAX_ITEMS = 10_000;

/** What the function does with AWS, beside its table. */
export function callsBy({ s3, secrets, transfer }: Clients, connectorId: string): Calls {
  return {
    async outbox(bucket, prefix, after) {
      const { Contents = [], CommonPrefixes = [], NextContinuationToken: next } = await s3.send(new ListObjectsV2Command({
        Bucket: bucket, Prefix: prefix, Delimiter: '/', ...after === undefined ? {} : { ContinuationToken: after },
      }));
      const objects = Contents.map(({ Key, ETag, LastModified }) => ({ key: Key!, etag: ETag!, modified: LastModified!.getTime() }));
      return { objects, nested: CommonPrefixes.length > 0, ...next === undefined ? {} : { next } };
    },

    async listing(bucket, key) {
      const { Body, ContentLength = Infinity } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (ContentLength > MAX_LISTING_BYTES) throw new Error('a listing is larger than one may be');
      return Body!.transformToString();
    },

    async startSend({ remote }, paths) {
      const { TransferId } = await transfer.send(new StartFileTransferCommand({
        ConnectorId: connectorId, SendFilePaths: [...paths], ...remote === undefined ? {} : { RemoteDirectoryPath: remote },
      }));
      return TransferId!;
    },

    async startRetrieve({ bucket, prefix }, paths) {
      const { TransferId } = await transfer.send(new StartFileTransferCommand({
        ConnectorId: connectorId, RetrieveFilePaths: [...paths], LocalDirectoryPath: `/${bucket}/${prefix}`,
      }));
      return TransferId!;
    },

    async list({ remote, listingsBucket, listings }) {
      const { ListingId } = await transfer.send(new StartDirectoryListingCommand({
        ConnectorId: connectorId, RemoteDirectoryPath: remote, OutputDirectoryPath: `/${listingsBucket}/${listings}`, MaxItems: MAX_ITEMS,
      }));
      return ListingId!;
    },

    async remove(path) {
      await transfer.send(new StartRemoteDeleteCommand({ ConnectorId: connectorId, DeletePath: path }));
    },

    async results(transferId) {
      const found: FileResult[] = [];
      let NextToken: string | undefined;
      do {
        const page: ListFileTransferResultsResponse | undefined = await unless('ResourceNotFoundException', transfer.send(
          new ListFileTransferResultsCommand({ ConnectorId: connectorId, TransferId: transferId, NextToken }),
        ));
        for (const { FilePath, StatusCode, FailureCode } of page?.FileTransferResults ?? []) {
          found.push({ path: FilePath!, status: StatusCode!, ...FailureCode === undefined ? {} : { failure: FailureCode } });
        }
        NextToken = page?.NextToken;
      } while (NextToken !== undefined);
      return found;
    },

    async credentialSince(secretArn) {
      const { Versions = [] } = await secrets.send(new ListSecretVersionIdsCommand({ SecretId: secretArn }));
      const labelled = (stage: string) => Versions.find(({ VersionStages }) => VersionStages?.includes(stage));
      // The first version is the placeholder, and has no version before it.
      return labelled('AWSPREVIOUS') === undefined ? undefined : labelled('AWSCURRENT')?.CreatedDate?.getTime();
    },
  };
}
