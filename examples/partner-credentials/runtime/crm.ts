/** A key of the CRM as the CRM lists it. */
export interface CrmKey {
  readonly id: string;
  /** What it was made for, in the words of whoever had it made. */
  readonly reference: string;
  readonly createdAt: string;
  readonly enabled: boolean;
  /** Since when it is disabled; absent for one that was never enabled. */
  readonly disabledAt?: string;
}

/** What the CRM, which is made up, does with keys. */
export interface Crm {
  /** Makes a key, which opens nothing until it is enabled. */
  create(name: string, reference: string): Promise<{ readonly id: string; readonly key: string }>;
  /** The keys of a name. */
  list(name: string): Promise<readonly CrmKey[]>;
  enable(id: string): Promise<void>;
  /** Does nothing to a key that is gone. */
  disable(id: string): Promise<void>;
  /** Does nothing to a key that is gone. */
  remove(id: string): Promise<void>;
  /** Whether the CRM lets in who has a key. */
  accepts(key: string): Promise<boolean>;
}
