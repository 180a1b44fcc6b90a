import { storageAccessLog } from './storage-access-log';
import { storageBucketKey } from './storage-bucket-key';
import { storageCmk } from './storage-cmk';
import { storageCrossAccount } from './storage-cross-account';
import { storageLifecycle } from './storage-lifecycle';
import { storageObjectLock } from './storage-object-lock';
import { storageOwnership } from './storage-ownership';
import { storagePolicyPublic } from './storage-policy-public';
import { storagePolicyService } from './storage-policy-service';
import { storagePublicAccess } from './storage-public-access';
import { storageRetain } from './storage-retain';
import { storageSseC } from './storage-sse-c';
import { storageTls } from './storage-tls';
import { storageTlsVersion } from './storage-tls-version';
import { storageVersioning } from './storage-versioning';
import { Rule } from '../rule';

/** Rules of Amazon S3. */
export const S3_RULES: readonly Rule[] = [
  storageAccessLog,
  storageBucketKey,
  storageCmk,
  storageCrossAccount,
  storageLifecycle,
  storageObjectLock,
  storageOwnership,
  storagePolicyPublic,
  storagePolicyService,
  storagePublicAccess,
  storageRetain,
  storageSseC,
  storageTls,
  storageTlsVersion,
  storageVersioning,
];
