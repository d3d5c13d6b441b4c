import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rightsFromFiles, rightsFromWindows } from '../../src/watch/rights-sources.js';
import { RightsError, type RightsSource } from '../../src/watch/rights-watch.js';
import { machineRights, seceditExport, utf16 } from '../generator/evidence/rights.js';
import { windowsEvent, windowsEvents } from '../generator/evidence/server.js';
import { rightsExport, rightsExportInOrder } from '../scenarios/logs.js';
import { WatchRun } from './driver.js';

const config = `<configuration><system.applicationHost><applicationPools>
<add name="Portal"><processModel identityType="SpecificUser" userName="CONTOSO\\svc-portal" password="x" /></add>
<add name="Shop"><processModel identityType="SpecificUser" userName="CONTOSO\\svc-shop" password="x" /></add>
<add name="Intranet" /></applicationPools><sites /></system.applicationHost></configuration>`;

class FakeRights implements RightsSource {
  readonly server = 'WEB03';
  bytes: Uint8Array | undefined = rightsExportInOrder();
  more = [{ name: 'applicationHost.config', bytes: Buffer.from(config) as Uint8Array }];

  async read() {
    if (!this.bytes) throw new RightsError('secedit says no.');
    return [{ name: 'rights.inf', bytes: this.bytes }, ...this.more];
  }
}

let run: WatchRun;
let rights: FakeRights;
beforeEach(() => {
  run = new WatchRun();
  rights = new FakeRights();
  run.form = { rights };
});
afterEach(() => run.stop());

const review = () => run.look(60);

describe('rights drift', () => {
  it('is told before the outage: which pools, when, and the message for the owner; and again when it is over', async () => {
    await review();
    expect(run.target.kinds).toEqual(['first-look']);
    rights.bytes = rightsExport();
    await review();
    expect(run.target.kinds).toEqual(['first-look', 'rights']);
    expect(run.target.text).toContain('IIS_IUSRS has left the list of SeImpersonatePrivilege on WEB03');
    expect(run.target.text).toContain(
      'The pools Portal and Shop lose the right. They fail when their worker process is next replaced (idle time-out, recycle, restart)',
    );
    expect(run.target.text).toContain(
      'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568',
    );
    expect(run.target.text).toContain('IIS on WEB03 needs IIS_IUSRS');
    await review();
    run.restart();
    await review();
    expect(run.target.posts).toHaveLength(2);
    rights.bytes = rightsExportInOrder();
    await review();
    expect(run.target.text).toContain('are on the list of SeImpersonatePrivilege again on WEB03');
    expect(run.target.text).toContain('stop each failing pool, wait until it has stopped, and start it');
  });

  it('without SERVICE the pools with their own identity fail too', async () => {
    rights.bytes = utf16(seceditExport(machineRights({ impersonate: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544' })));
    await review();
    expect(run.target.text).toContain('SERVICE and IIS_IUSRS have left the list');
    expect(run.target.text).toContain('The pools Portal, Shop and Intranet lose the right.');
  });

  it.each([
    ['S-1-5-18', 'The Security log shows the change at 2026-06-08 19:50:00 UTC, and the computer itself made it'],
    ['S-1-5-21-1-2-3-1104', 'and an account made it: event 4705 on the server names it'],
  ])('an export of the Security log says when and by whom: %s', async (subject, expected) => {
    await review();
    const data = { SubjectUserSid: subject, TargetSid: 'S-1-5-32-568', PrivilegeList: 'SeImpersonatePrivilege' };
    rights.more.push({ name: 'security.xml', bytes: Buffer.from(windowsEvents([windowsEvent(4705, data)])) });
    rights.bytes = rightsExport();
    await review();
    expect(run.target.text).toContain(expected);
    expect(run.target.text).not.toContain('1104');
  });

  it('an export of the System log says when a policy was last applied', async () => {
    await review();
    const applied = windowsEvent(1704, [], '2026-06-08T19:40:00Z', 'SceCli');
    rights.more.push({ name: 'system.xml', bytes: Buffer.from(windowsEvents([applied])) });
    rights.bytes = rightsExport();
    await review();
    expect(run.target.text).toContain('A policy was last applied at 2026-06-08 19:40:00 UTC (SceCli 1704).');
  });

  it('without the configuration it says which kind of pool fails', async () => {
    rights.more = [];
    rights.bytes = rightsExport();
    await review();
    expect(run.target.text).toContain("I can't see the pools. Those with a custom account fail when");
  });

  it('a list that cannot be had, or is only a template, is noted once and says nothing of a loss', async () => {
    rights.bytes = undefined;
    await review();
    await review();
    expect(run.notes).toEqual(['secedit says no.']);
    rights.bytes = Buffer.from(
      '[Unicode]\nUnicode=yes\n[Version]\nsignature="$CHICAGO$"\n[Privilege Rights]\nSeImpersonatePrivilege = *S-1-5-19\n',
    );
    await review();
    expect(run.notes).toHaveLength(2);
    expect(run.target.kinds).toEqual(['first-look']);
  });

  it('the files of a scheduled task are read, and one that is missing is named', async () => {
    run.write('rights.inf', rightsExport());
    const path = `${run.folder}/rights.inf`;
    const files = { list: async () => ({ logs: [], names: [] }), read: async () => undefined };
    await expect(rightsFromFiles([path], files).read()).rejects.toThrow(/rights\.inf: it isn't there/);
    const there = { ...files, read: async () => rightsExport() };
    expect((await rightsFromFiles([path], there).read()).map(({ name }) => name)).toEqual(['rights.inf']);
  });

  it('secedit that refuses is one sentence with the way out', async () => {
    const refuse = (async () => Promise.reject(new Error('access denied'))) as never;
    await expect(rightsFromWindows([], refuse).read()).rejects.toThrow(/elevated account.*--rights/);
  });
});
