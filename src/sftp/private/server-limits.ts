import { SftpServerProps } from '../sftp-server-props';

/** How much of each raises an alarm, in five minutes. */
export interface ServerLimits {
  readonly maxAuthFailures: number;
  readonly maxPartnerAuthFailures: number;
  readonly maxKexFailures: number;
  readonly maxRejectedConnections: number;
  readonly maxErrors: number;
}

/** The limits of a server, as given or else as they are by default. */
export function limitsOf(props: SftpServerProps): ServerLimits {
  const { maxAuthFailures = 100, maxErrors = 10, maxKexFailures = 20, maxPartnerAuthFailures = 5, maxRejectedConnections = 20 } = props;
  return { maxAuthFailures, maxPartnerAuthFailures, maxKexFailures, maxRejectedConnections, maxErrors };
}
