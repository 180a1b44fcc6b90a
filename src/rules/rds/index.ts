import { databaseBackup } from './database-backup';
import { databaseDeletion } from './database-deletion';
import { databaseEncryption } from './database-encryption';
import { databaseIamAuth } from './database-iam-auth';
import { databaseLogs } from './database-logs';
import { databaseMasterPassword } from './database-master-password';
import { databaseMasterSecretCmk } from './database-master-secret-cmk';
import { databasePublic } from './database-public';
import { databaseTls } from './database-tls';
import { Rule } from '../rule';

/** Rules of Amazon RDS. */
export const RDS_RULES: readonly Rule[] = [
  databaseBackup,
  databaseDeletion,
  databaseEncryption,
  databaseIamAuth,
  databaseLogs,
  databaseMasterPassword,
  databaseMasterSecretCmk,
  databasePublic,
  databaseTls,
];
