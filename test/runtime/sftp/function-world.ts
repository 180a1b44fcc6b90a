import { BOTH, Entry, LoginWorld, Start } from './cases/world';
import { FakeTables } from './fake-tables';
import { CHEAP, START } from './partners';
import * as provider from '../../../src/runtime/sftp/identity-provider';
import * as settings from '../../../src/runtime/sftp/identity-provider-settings';
import * as lockout from '../../../src/runtime/sftp/lockout';
import * as source from '../../../src/runtime/sftp/partner-source';
import * as passwords from '../../../src/runtime/sftp/passwords';

/** What the function is made of, so that a changed one can be put in its place. */
export type Machine = typeof provider & typeof settings & typeof lockout & typeof source & typeof passwords;

export const MACHINE: Machine = { ...provider, ...settings, ...lockout, ...source, ...passwords };

const computed = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Starts the function in this process, with a cost of passwords that a test can pay. */
export const startOf = (machine: Machine, cost = CHEAP): Start => async (changes = {}): Promise<LoginWorld> => {
  const tables = new FakeTables();
  const { client } = tables;
  const log: Entry[] = [];
  let time = START;
  const now = () => time;
  const parsed = machine.parseIdentityProviderSettings({ ...BOTH, ...changes });
  const { partnersTable, activityTable, credentialsTable, lockout: policy, cacheSeconds } = parsed;
  let turn = 0;
  const ask = machine.identityProvider(parsed, {
    partners: new machine.PartnerSource({ client, tableName: partnersTable, cacheSeconds, now }),
    lockout: new machine.Lockout({ client, tableName: activityTable, policy, now, random: (below) => turn++ % below }),
    ...credentialsTable !== undefined && { passwords: new machine.Passwords({ client, tableName: credentialsTable, cost }) },
    now,
    log: (entry) => log.push(entry),
  });
  return { tables, cost, ask, setTime: (value) => { time = value; }, log: () => log, computed };
};
