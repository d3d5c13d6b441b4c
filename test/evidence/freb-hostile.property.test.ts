import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../src/evidence/read.js';
import { FrebLog } from '../generator/index.js';
import { begin, finish } from '../generator/pipeline.js';

const heading = '<title>x</title><H1>a<hr width=100% size=1 color=silver>';

/** Bodies and texts that make a careless pattern backtrack without end. */
const bodies: Record<string, string> = {
  'open titles': '<title>'.repeat(60_000),
  labels: `${heading}${'<b>x</b> '.repeat(50_000)}`,
  paths: `${heading}${'</b> C:\\a '.repeat(50_000)}`,
  'a chain without end': `${heading}<!-- ${'\n[A]: x'.repeat(60_000)}`,
  'stacks without end': `${heading}${'\n[A: '.repeat(60_000)}`,
  fonts: `'800a000b'${'<font><p>a'.repeat(40_000)}`,
  PHP: 'PHP Fatal error: '.repeat(30_000),
  node: `iisnode ${'C:\\a.js'.repeat(60_000)}`,
  types: `Exception ${'a.'.repeat(250_000)}`,
  space: `${heading}${' '.repeat(500_000)}`,
};

const texts: Record<string, string> = {
  passwords: 'password='.repeat(20_000),
  profiles: 'C:\\Users\\'.repeat(20_000),
  colons: '1:'.repeat(50_000),
  domains: 'a\\'.repeat(50_000),
  URLs: 'http://'.repeat(20_000),
  digits: 'A1'.repeat(60_000),
};

function readLog(body: string, warning = ''): string {
  const log = new FrebLog();
  begin(log);
  log.event('MODULE_WARNING', { ModuleName: 'Own', Data1: warning });
  log.error({ module: 'IsapiModule', stage: 'EXECUTE_REQUEST_HANDLER', status: 500 });
  finish(log, { body });
  return readEvidence('x', log.bytes()).kind;
}

// A pattern that backtracks takes minutes here, far beyond the limit of a test; `npm run fuzz:growth` measures growth.
describe('hostile input is read to its end', () => {
  it.each(Object.entries(bodies))('as the body of %s', (_name, body) => {
    expect(readLog(body)).toBe('freb-log');
  });
  it.each(Object.entries(texts))('as the text of %s', (_name, text) => {
    expect(readLog('', text)).toBe('freb-log');
  });
});
