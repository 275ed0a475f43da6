import type { Server } from '../../store/look.ts';
import { type Found, fine, warning, wrong } from './finding.ts';
import type { StoreFiles } from './store-files.ts';

/** What was seen of a store. */
export interface StoreFacts {
  /** The store for people, without a password. */
  readonly name: string;
  /** Absent for a database server. */
  readonly files?: StoreFiles;
  /** What it says of itself; absent where there is none yet. */
  readonly seen?: {
    readonly due: readonly string[];
    readonly unknown: readonly string[];
    readonly server?: Server;
  };
  /** Why it could not be read. */
  readonly problem?: string;
}

const RESTORE = 'Stop Flagman and restore the store from a backup; keep the damaged one for a look.';

/** Less than this is no room to start in. */
const ROOM_MB = 10;

/** What a start would trip over. */
const brokenFiles = (files: StoreFiles): Found | undefined => {
  const { path, folder } = files;
  if (files.exists && !files.isFile) return wrong(`${path} is no file.`, 'Let DATA name a file.');
  if (!files.folderIsWritable)
    return files.folderExists
      ? wrong(
          `Nothing can be written into ${folder}.`,
          `Let the account of Flagman own it: \`chown\` it, or mount it for writing.`,
        )
      : wrong(`${folder} is missing and cannot be made.`, 'Make it, or let DATA name another place.');
  if (files.exists && !files.isWritable)
    return wrong(
      `${path} can only be read.`,
      `\`chmod u+w ${path}\`, as the account that Flagman runs under.`,
    );
  if (files.freeMb < ROOM_MB)
    return wrong(`The disk of ${folder} is full: ${files.freeMb} MB are left.`, 'Make room there.');
  return undefined;
};

const filesRemarks = (files: StoreFiles | undefined): readonly Found[] => {
  if (!files?.exists) return [];
  const { path, mode } = files;
  if ((mode & 0o077) === 0) return [];
  const what = `${path} can be read by other accounts of this machine (mode ${mode.toString(8)}).`;
  return [warning(what, `\`chmod 600 ${path}\`; the next start does it, too.`)];
};

const serverRemarks = (server: Server): readonly Found[] => {
  const { version, isStandby, isReadOnly, isSuperuser, mayCreate } = server;
  const found: Found[] = [];
  if (isStandby)
    found.push(wrong('The server only follows another one.', 'Let DATA name the primary server.'));
  else if (isReadOnly)
    found.push(
      wrong(
        'The database can only be read.',
        'Take back `default_transaction_read_only` where it was set: for the database, the role or the server. A managed server sets it when its disk is nearly full: give it a larger one.',
      ),
    );
  if (!isStandby && !mayCreate)
    found.push(
      wrong(
        'The role of Flagman may not make its tables.',
        'Let it own its database: `alter database … owner to …`.',
      ),
    );
  if (isSuperuser)
    found.push(
      warning(
        'The role of Flagman may do everything on the server.',
        'Give it a role of its own: README, Several replicas.',
      ),
    );
  return found.length > 0 ? found : [fine(`PostgreSQL ${version} answers.`)];
};

/** What mends it, by what the server or its driver says. Source: PostgreSQL's messages and those of the package `pg`. */
const SERVER_MENDS: readonly (readonly [RegExp, string])[] = [
  [
    /password authentication failed|SASL|no password|password must be/i,
    'Put the right user and password into DATA, or give the role that password: `alter role … password …`.',
  ],
  [
    /database .* does not exist/i,
    'Make the database, `create database … owner …`, or mend its name in DATA.',
  ],
  [/role .* does not exist/i, 'Make the role, `create role … login`, or mend the user in DATA.'],
  [
    /does not support SSL|no encryption|certificate|self.signed|altname/i,
    'TLS is what fails: look at sslmode and sslrootcert in DATA, and at the certificate of the server.',
  ],
  [
    /no pg_hba|permission denied|not permitted/i,
    'Let the role connect from this machine: pg_hba.conf, `grant connect on database …`.',
  ],
  [
    /too many|remaining connection slots/i,
    'The server has no connection left: raise max_connections, or find out who holds them.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|getaddrinfo/,
    'The name of the server is not known here: look at the host in DATA, and at DNS.',
  ],
  [
    /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|timeout/i,
    'The server does not answer there: look whether it runs, at host and port in DATA, and at the firewall.',
  ],
];

const serverMend = (problem: string): string =>
  SERVER_MENDS.find(([says]) => says.test(problem))?.[1] ??
  'Look at the address in DATA, at the server, and at the network in between.';

/** Whether the next start can use the store, and who else can. */
export const storeFindings = ({ name, files, seen, problem }: StoreFacts): readonly Found[] => {
  const broken = files && brokenFiles(files);
  if (broken) return [broken];
  if (problem !== undefined)
    return [wrong(`${name} cannot be read: ${problem}`, files ? RESTORE : serverMend(problem))];
  if (!seen)
    return [
      warning(
        `There is no store yet (${name}).`,
        'The first start makes it. If Flagman ran before, DATA names the wrong place, or a disk is not mounted.',
      ),
    ];
  if (seen.unknown.length > 0)
    return [
      wrong(
        'A newer version of Flagman wrote the store.',
        'Run that version, or restore the backup of before.',
      ),
    ];
  const remarks = [...filesRemarks(files), ...(seen.server ? serverRemarks(seen.server) : [])];
  const due = seen.due.length === 0 ? 'is up to date' : 'will be brought up to date by the next start';
  const whole = remarks.some(({ verdict }) => verdict !== 'ok') ? [] : [fine(`${name} ${due}.`)];
  return [...remarks.filter(({ verdict }) => verdict !== 'ok'), ...whole];
};
