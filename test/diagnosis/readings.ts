import type { EvidenceKind, Observation, Origin, Reading } from '../../src/evidence/evidence.js';
import { builtKnowledge } from '../built-knowledge.js';

export const knowledge = builtKnowledge();

type Facts = Record<string, Observation['value'] | undefined>;

/** A reading made by hand: each fact is in the event or line given with it, in the order written. */
export function reading(file: string, kind: EvidenceKind, facts: Facts, more: Partial<Reading> = {}): Reading {
  const observations = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value], i) => ({ name, value, event: i + 1, field: name }) as Observation);
  return { file, kind, origin: null, damage: [], observations, withheld: 0, ...more };
}

const request = {
  'request.verb': 'GET',
  'request.url': 'http://portal:80/secure/report.html',
  'request.app-pool': 'Portal',
  'request.server': 'WEB07',
  'request.time': '2026-06-08T19:53:49Z',
  'request.process-id': 7120,
  'request.time-taken': 47,
  'failure-reason': 'STATUS_CODE',
  'trace.events': 120,
  'trace.ends': true,
};

/** A trace of a request that ended with this status, set by this module. */
export function trace(file: string, facts: Facts, more: Partial<Reading> = {}): Reading {
  return reading(file, 'freb-log', { ...request, 'final-substatus': 0, ...facts }, more);
}

/** A trace in which IIS itself reports the bad impersonation level. */
export function impersonationTrace(file: string, facts: Facts = {}): Reading {
  return trace(file, {
    'final-status': 500,
    'decisive.event': 'MODULE_SET_RESPONSE_ERROR_STATUS',
    'decisive.module': 'IIS Web Core',
    'decisive.notification': 'AUTHENTICATE_REQUEST',
    'decisive.status': 500,
    'decisive.code': '0x80070542',
    ...facts,
  });
}

const fourHolders = ['*S-1-5-19', '*S-1-5-20', '*S-1-5-32-544', '*S-1-5-6'];

/** The list of a machine; without `holders` the one that hardening leaves. */
export function machineExport(file: string, holders: string[] = fourHolders, iis = true): Reading {
  return list(file, 'machine', holders, iis);
}

export function template(file: string, holders: string[] = fourHolders): Reading {
  return list(file, 'template', holders, undefined);
}

function list(file: string, origin: Origin, holders: string[], iis: boolean | undefined): Reading {
  return reading(
    file,
    'rights-export',
    {
      'right.defined': true,
      'right.holders': holders,
      'right.holds-iis-iusrs': holders.includes('*S-1-5-32-568'),
      'right.holds-service': holders.includes('*S-1-5-6'),
      'iis.installed': iis,
    },
    { origin },
  );
}
