import { diagnose } from '../../diagnosis/diagnose.js';
import type { Report } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import { ObservationCollector } from '../../evidence/gather.js';
import { sid } from '../../evidence/sids.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { request, statusEvent } from './kit.js';

/**
 * The confirmed reports come from the diagnosis itself, so that the gallery never shows a certainty that evidence cannot
 * give: a failing trace, the list without IIS_IUSRS, and the pool's account, which has the right no other way.
 */
export function confirmedReports(knowledge: Knowledge): Record<string, Report> {
  const files = [trace(), rightsExport(), poolSettings()];
  return {
    'right-confirmed': diagnose(files, knowledge),
    'right-confirmed-gpo': diagnose([...files, policyReport()], knowledge),
  };
}

const holders = [sid.localService, sid.networkService, sid.administrators, sid.service].map((id) => `*${id}`);

function trace(): Reading {
  const gather = new ObservationCollector();
  const place = { event: 73, eventName: statusEvent };
  gather.add('request.verb', request.verb);
  gather.add('request.url', request.url);
  gather.add('request.app-pool', request.appPool);
  gather.add('request.server', request.server);
  gather.add('request.time', request.time);
  gather.add('request.process-id', request.processId);
  gather.add('request.time-taken', request.timeTakenMs);
  gather.add('final-status', request.status);
  gather.add('final-substatus', request.substatus);
  gather.add('decisive.event', statusEvent, place);
  gather.add('decisive.module', 'IIS Web Core', { ...place, field: 'ModuleName' });
  gather.add('decisive.notification', 'AUTHENTICATE_REQUEST', { ...place, field: 'Notification', raw: '2' });
  gather.add('decisive.status', request.status, { ...place, field: 'HttpStatus' });
  gather.add('decisive.code', '0x80070542', { ...place, field: 'ErrorCode', raw: '2147943746' });
  gather.add('code.seen', '0x80070542', { ...place, field: 'ErrorCode', raw: '2147943746' });
  gather.add('file.requested', 'C:\\inetpub\\portal\\secure\\secret.html', { event: 71, field: 'FileName' });
  gather.add('trace.events', 120);
  gather.add('trace.ends', true);
  gather.withheld = 2;
  return gather.toReading('fr000032.xml', 'freb-log', 'freb');
}

function addList(gather: ObservationCollector, place: { event?: number; field: string }): void {
  const raw = holders.join(',');
  gather.add('right.reported', true);
  gather.add('right.defined', true, { ...place, raw });
  gather.add('right.holders', holders, { ...place, raw });
  gather.add('right.holds-iis-iusrs', false, { ...place, raw });
  gather.add('right.holds-service', true, { ...place, raw });
  gather.add('right.missing', [sid.iisIusrs], { ...place, raw });
  gather.add('iis.installed', true, { field: 'SeBatchLogonRight', raw: `*${sid.iisIusrs}` });
}

function rightsExport(): Reading {
  const gather = new ObservationCollector();
  addList(gather, { event: 42, field: 'SeImpersonatePrivilege' });
  return gather.toReading('ur.inf', 'rights-export', 'secedit-export', { origin: 'machine' });
}

function poolSettings(): Reading {
  const gather = new ObservationCollector();
  gather.add('pool.name', 'Portal', { event: 1, field: 'name' });
  gather.add('pool.identity', 'SpecificUser', { event: 3, field: 'processModel.identityType' });
  gather.add('pool.account', 'CONTOSO\\svc_portal', { event: 4, field: 'processModel.userName' });
  return gather.toReading('pools.txt', 'server-config', 'appcmd');
}

function policyReport(): Reading {
  const gather = new ObservationCollector();
  gather.add('computer.name', request.server);
  addList(gather, { field: 'Setting' });
  gather.add('right.winning-gpo', 'Server Hardening 2026', { field: 'Winning GPO' });
  return gather.toReading('gp.html', 'policy-report', 'gpresult-html', { origin: 'machine' });
}
