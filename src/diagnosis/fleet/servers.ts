import type { JudgedReading } from '../judged-reading.js';
import { listPools } from '../pools.js';
import type { ReadingFacts } from '../reading-facts.js';
import type { FleetPool } from './pool-token.js';

/** Everything the files say about one server. */
export interface FleetServer {
  /** Its name from the evidence, else from the folder or the name of its files. */
  name: string;
  files: string[];
  /** False only when a whole export of the machine shows no sign of IIS. */
  hasIis: boolean | undefined;
  pools: FleetPool[];
  /** The machine's own lists of holders, in force now. */
  export: ReadingFacts | undefined;
  /** A report of what Group Policy delivers there. */
  report: ReadingFacts | undefined;
}

/** Words in the names of files that say what is in them, not whose they are. */
const kindWords =
  /(?:^|[._ -])(?:application ?host|web|config|rights?|user|export|pools?|iis|ur|secedit|gp(?:o|result)?|report|rsop|mergedpolicy|before|after|old|new|good|bad|pasted|text|stdin|inf|xml|html?|txt|csv|copy|\d{1,3})(?=$|[._ -])/gi;

/** Groups the files of machines by server; files about a policy are left out. */
export function groupByServer(files: readonly JudgedReading[]): FleetServer[] {
  const servers = new Map<string, FleetServer>();
  const own = files.filter(isOfServer);
  const named = new Map(
    own.map(serverNameOf).flatMap((name) => (name === undefined ? [] : [[name.toLowerCase(), name]])),
  );
  // Files that name no server are of the only one that is named.
  const unnamed = named.size === 1 ? [...named.values()][0]! : 'this server';
  for (const judged of own) {
    const name = serverNameOf(judged) ?? unnamed;
    const server = servers.get(name.toLowerCase()) ?? createServer(name);
    servers.set(name.toLowerCase(), server);
    addFile(server, judged);
  }
  return [...servers.values()];
}

/** True for a file that is about one machine: its configuration, its own rights, or what policies deliver to it. */
function isOfServer({ facts }: JudgedReading): boolean {
  const { kind, origin } = facts.reading;
  if (kind === 'server-config') return facts.has('pool.name');
  if (kind === 'rights-export') return origin === 'machine';
  return kind === 'policy-report' && facts.has('right.reported');
}

function createServer(name: string): FleetServer {
  return { name, files: [], hasIis: undefined, pools: [], export: undefined, report: undefined };
}

function addFile(server: FleetServer, { facts, file }: JudgedReading): void {
  server.files.push(file.name);
  const { kind } = facts.reading;
  if (kind === 'server-config') {
    server.pools.push(...readPools(facts));
    server.hasIis = true;
  } else if (kind === 'rights-export') server.export = facts;
  else server.report = facts;
  const shown = facts.flag('iis.installed');
  if (shown === true) server.hasIis = true;
  else if (shown === false && kind === 'rights-export') server.hasIis ??= false;
}

/** Returns the name that the evidence gives, else the folder of the file, else what its name says beside the kind of file. */
function serverNameOf({ facts, file }: JudgedReading): string | undefined {
  const told = facts.text('computer.name');
  if (told) return told;
  const parts = file.name.split(/[\\/]/);
  const folder = parts.length > 1 ? parts.at(-2)! : '';
  if (folder !== '' && !/\.zip$/i.test(folder)) return folder;
  let stem = parts
    .at(-1)!
    .replace(/ \(\d{1,4}\)$/, '')
    .replace(/\.\w{2,5}$/, '');
  for (let before = ''; before !== stem; ) {
    before = stem;
    stem = stem.replace(kindWords, '');
  }
  return stem.replace(/^[._ -]+|[._ -]+$/g, '') || undefined;
}

/** Returns the named pools of a configuration, with the defaults of IIS for what it does not say. */
function readPools(facts: ReadingFacts): FleetPool[] {
  return listPools(facts).flatMap(({ name, identity, account, manual, logonType }) =>
    name === undefined
      ? []
      : [
          {
            name,
            identity: (identity ?? 'ApplicationPoolIdentity') as FleetPool['identity'],
            account,
            manualGroupMembership: manual ?? false,
            logonType: (logonType ?? 'LogonBatch') as FleetPool['logonType'],
          },
        ],
  );
}
