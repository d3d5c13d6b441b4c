import { type CommandOutput, colonValues, type OutputLine } from './output.js';

/** Ports that a web server listens at. */
const webPorts: ReadonlySet<number> = new Set([80, 443]);
/** http.sys listens for IIS; its sockets belong to the System process. */
const systemProcess = 4;

export const networkOutputs: readonly CommandOutput[] = [
  {
    command: 'Test-NetConnection',
    sign: /TcpTestSucceeded|WARNING: Name resolution/,
    kind: 'command-output',
    read(lines, gather) {
      const values = colonValues(lines);
      const tested = values.get('tcptestsucceeded');
      const unresolved = lines.find(({ text }) => /^WARNING: Name resolution of .{1,300} failed/.test(text));
      if (!tested && !unresolved) return false;
      const port = Number(values.get('remoteport')?.value);
      if (port > 0 && port < 65_536) gather.add('port.number', port, { field: 'RemotePort' });
      if (tested)
        gather.add('port.open', tested.value === 'True', {
          event: tested.number,
          field: 'TcpTestSucceeded',
          raw: tested.value,
        });
      if (unresolved)
        gather.add('name.resolves', false, {
          event: unresolved.number,
          field: 'WARNING',
          raw: 'Name resolution',
        });
      return true;
    },
  },
  {
    command: 'netstat',
    sign: /\bTCP\b/,
    kind: 'command-output',
    read(lines, gather) {
      const open = lines.flatMap(listeningPort);
      if (open.length === 0) return false;
      // One port on several addresses is one fact.
      const uniqueRows = new Map(open.map((row) => [`${row.port} ${row.process}`, row]));
      for (const { port, process, line } of uniqueRows.values()) {
        const place = { event: line, field: 'PID', raw: String(process ?? '') };
        gather.add('listen.port', port, { event: line, field: 'Local Address' });
        if (webPorts.has(port) && process !== undefined && process !== systemProcess)
          gather.add('listen.not-http-sys', port, place);
      }
      return true;
    },
  },
  {
    command: 'nslookup',
    sign: /\*\*\*|Address/,
    kind: 'command-output',
    typed: /^nslookup\b/i,
    read(lines, gather, typed) {
      const missing = lines.find(({ text }) =>
        /^\*\*\* .{1,300}: (?:Non-existent domain|Server failed|No response)/.test(text),
      );
      // The first address is the name server's own.
      const addresses = lines.filter(({ text }) => /^\s*Address(?:es)?:\s+[\da-fA-F.:]{3,45}/.test(text));
      const server = lines.some(({ text }) => /^\s*(?:DNS request|Server|Default Server)\b/.test(text));
      if (!missing && !(addresses.length > 1 && (server || typed))) return false;
      const line = missing ?? addresses[1]!;
      const reason = /: (Non-existent domain|Server failed|No response)/.exec(line.text)?.[1];
      gather.add('name.resolves', !missing, { event: line.number, field: missing ? '***' : 'Address', raw: reason });
      return true;
    },
  },
  {
    command: 'curl',
    sign: /HTTP\/\d|curl: \(/,
    kind: 'command-output',
    typed: /^(?:curl|wget)(?:\.exe)?\s/i,
    read(lines, gather, typed) {
      const statuses = lines.flatMap(({ text, number }) => {
        const found = /^(< )?HTTP\/[\d.]{1,3} (\d{3})\b/.exec(text);
        return found ? [{ status: Number(found[2]), marked: found[1] !== undefined, number }] : [];
      });
      const failed = lines.flatMap(({ text, number }) => {
        const found = /^\s*curl: \((\d{1,3})\) /.exec(text);
        return found ? [{ code: Number(found[1]), number }] : [];
      })[0];
      // A head of a response alone may have been copied out of anything.
      if (!failed && !statuses.some((s) => s.marked) && !(typed && statuses.length > 0)) return false;
      for (const { status, number } of statuses) gather.add('http.status', status, { event: number, field: 'HTTP' });
      for (const { text, number } of lines) {
        const header = /^(?:< )?(Server|Location):\s*(\S.{0,300})$/i.exec(text);
        if (header?.[1]?.toLowerCase() === 'server')
          gather.add('http.server', header[2]!.trim(), { event: number, field: 'Server' });
        else if (header) gather.add('http.location', header[2]!.trim(), { event: number, field: 'Location' });
      }
      if (failed) gather.add('http.curl-error', failed.code, { event: failed.number, field: 'curl' });
      return true;
    },
  },
];

interface ListeningPort {
  port: number;
  process: number | undefined;
  line: number;
}

/** A row of `netstat -an` or `-ano`: who listens has no other side, whatever the word for it is. */
function listeningPort({ text, number }: OutputLine): ListeningPort[] {
  const found = /^\s*TCP\s+\S{2,60}:(\d{1,5})\s+(?:0\.0\.0\.0|\[::\]):0\s+\S{2,20}(?:\s+(\d{1,7}))?\s*$/.exec(text);
  if (!found) return [];
  return [{ port: Number(found[1]), process: found[2] === undefined ? undefined : Number(found[2]), line: number }];
}
