import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DomainAccess } from './directory/domain';

/** What an outside tool needs of the practice domain: all of it where it is real, its names where it is simulated. */
export type DirectoryOfLab =
  | ({ readonly directoryKind: 'samba'; readonly ldapUrl: string } & Pick<
      DomainAccess,
      | 'directories'
      | 'caFile'
      | 'baseDn'
      | 'adminDn'
      | 'adminPassword'
      | 'krb5Config'
      | 'keytabDir'
      | 'realm'
      | 'hosts'
    >)
  | ({ readonly directoryKind: 'simulated' } & Pick<DomainAccess, 'baseDn' | 'realm' | 'hosts'>);

/** Everything an outside tool needs to attach to a running lab. Secrets in it are this lab's own. */
export type LabFile = DirectoryOfLab & {
  readonly schemaVersion: 1;
  readonly slackUrl: string;
  readonly slackApiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly labToken: string;
  /** Name → id; the first has the bot and all users in it. */
  readonly channels: Readonly<Record<string, string>>;
  /** Role → id. */
  readonly users: Readonly<Record<string, string>>;
  readonly redisUrl: string;
  /** All of this lab's keys begin with it. */
  readonly redisPrefix: string;
  readonly configFile: string;
  /** How many seconds pass on the fabric of hosts in one. */
  readonly timeScale: number;
  /** Of every process that the lab started. */
  readonly pids: Readonly<Record<string, number>>;
};

/** Writes the file in one step, readable by its owner only: who sees it sees a lab that is ready. */
export async function writeLabFile(file: string, content: LabFile): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}

/** Removes the file; no error when there is none. */
export async function removeLabFile(file: string): Promise<void> {
  await rm(file, { force: true });
}
