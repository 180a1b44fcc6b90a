import { StageProps } from 'aws-cdk-lib';
import { BankRoots } from './banks-api';
import { PasswordPartner } from './inbound-sftp';
import { LedgerDatabase } from './ledger';
import { ConnectedApp } from './salesforce';
import { PartnerServer } from './sftp-connector';

/** What differs from one environment to the other. */
export interface CredentialsSettings {
  /** Address that is paged when something fails. */
  readonly onCall: string;
  /** First label of the domain of our user pool. */
  readonly domainPrefix: string;
  readonly crmUrl: string;
  readonly connectedApp: ConnectedApp;
  readonly ledger: LedgerDatabase;
  readonly statementsServer: PartnerServer;
  readonly passwordPartners: readonly PasswordPartner[];
  /** Name that banks reach us by, with client certificates. */
  readonly banksDomain: string;
  readonly bankRoots: BankRoots;
  readonly merchantsDomain: string;
  /** Certificate for both names. */
  readonly certificateArn: string;
  /** Who issues tokens of banks and cash desks, as the claim `iss` has it. */
  readonly tokenIssuer: string;
  /** Who issues opaque tokens. */
  readonly opaqueIssuer: string;
  /** Ranges of addresses that our settlement service calls from. */
  readonly settlementCidrs: string[];
}

/** Properties of an environment. */
export interface CredentialsProps extends StageProps, CredentialsSettings {}
