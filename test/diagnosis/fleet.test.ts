import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { fleetCsv } from '../../src/answer/fleet-csv.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { builtKnowledge } from '../built-knowledge.js';
import { gpoReport, gpresultHtml } from '../generator/evidence/policy.js';
import { machineRights, seceditExport } from '../generator/evidence/rights.js';
import { fleetFiles, four, madeFleets } from '../generator/fleets.js';
import { frebLog } from '../scenarios/logs.js';

const knowledge = builtKnowledge();
type File = { name: string; text: string | Uint8Array };
const report = (files: readonly File[]) =>
  diagnose(
    files.flatMap(({ name, text }) => {
      const { further = [], ...first } = readEvidence(name, typeof text === 'string' ? Buffer.from(text) : text);
      return [first, ...further];
    }),
    knowledge,
  );
const tell = (files: readonly File[]) => renderText(answerReport(report(files), knowledge), { columns: 100 });

describe.each(madeFleets.map((fleet) => [fleet.name, fleet] as const))('a policy with %s', (_, fleet) => {
  it('is foretold for every pool', () => {
    const wanted = Object.entries(fleet.servers).flatMap(([server, pools]) =>
      pools.map(({ name, outcome }) => `${server} ${name}: ${outcome}`),
    );
    const foretold = report(fleetFiles(fleet)).fleet?.servers.flatMap(({ server, pools }) =>
      pools.map(({ pool, outcome }) => `${server} ${pool}: ${outcome}`),
    );
    expect(foretold).toEqual(wanted);
  });
});

describe('the forecast', () => {
  const shop = { name: 'Shop', identity: 'SpecificUser', account: 'CONTOSO\\svc_web', outcome: 'fails' as const };

  it('says which pools fail, when, how it looks and what to change first', () => {
    const text = tell(fleetFiles({ policy: { SeImpersonatePrivilege: four }, servers: { WEB01: [shop] } }));
    expect(text).toMatch(/1 of 1 pool will fail under GptTmpl\.inf/);
    expect(text).toContain('keeps its token');
    expect(text).toContain('0x80070542');
    expect(text.replace(/\s+/g, ' ')).toContain(`SeImpersonatePrivilege = ${four},*S-1-5-32-568`);
    expect(text).toContain('STIG');
  });

  it('tells what failed already from what the policy breaks', () => {
    const [template, config] = fleetFiles({ policy: { SeImpersonatePrivilege: four }, servers: { WEB01: [shop] } });
    const broken = { name: 'WEB01/ur.inf', text: seceditExport(machineRights({ impersonate: four })) };
    expect(report([template!, config!, broken]).fleet?.servers[0]?.pools[0]).toMatchObject({
      outcome: 'fails',
      already: true,
    });
    expect(tell([template!, config!, broken])).toContain('fails already');
  });

  it('gives no line that widens a deny right or the right of the primary token, and no SID of a pool', () => {
    const { fleet } = report(
      fleetFiles({
        policy: {
          SeImpersonatePrivilege: `${four},*S-1-5-82-1-2-3-4-5`,
          SeDenyBatchLogonRight: 'CONTOSO\\svc_web',
          SeAssignPrimaryTokenPrivilege: '*S-1-5-32-544',
        },
        servers: { WEB01: [shop] },
      }),
    );
    expect(fleet?.lines).toEqual([
      {
        right: 'SeImpersonatePrivilege',
        policy: 'GptTmpl.inf',
        line: `SeImpersonatePrivilege = ${four},*S-1-5-32-568`,
      },
    ]);
    expect(fleet?.effects).toContain('SeAssignPrimaryTokenPrivilege');
  });

  it('notices accounts of another domain', () => {
    const text = tell(
      fleetFiles({
        policy: { SeImpersonatePrivilege: `${four},FABRIKAM\\svc` },
        servers: { WEB01: [{ ...shop, outcome: 'cannot-tell' }] },
      }),
    );
    expect(text).toContain('FABRIKAM');
    expect(text).toContain('one environment');
  });

  describe('of two policies that set the right', () => {
    const [, config] = fleetFiles({ policy: { SeImpersonatePrivilege: four }, servers: { WEB03: [shop] } });
    const members = four.split(',').map((one) => ({ sid: one.slice(1), name: one.slice(1) }));
    const iis = { sid: 'S-1-5-32-568', name: 'BUILTIN\\IIS_IUSRS' };
    const baseline = { name: 'baseline.xml', text: gpoReport(members, 'Baseline') };
    const web = { name: 'web.xml', text: gpoReport([...members, iis], 'Web servers') };

    it('neither is taken for the winner by the order of the files', () => {
      for (const files of [
        [baseline, web, config!],
        [web, baseline, config!],
      ]) {
        expect(report(files).fleet?.servers[0]?.pools[0]?.outcome).toBe('cannot-tell');
        const told = tell(files).replace(/\s+/g, ' ');
        expect(told).toContain("The files don't show their order");
        expect(told).toContain('with Baseline 1 pool fails');
        expect(told).toContain('with Web servers no pool fails');
      }
    });

    it.each([
      ['Web servers', 'works'],
      ['Baseline', 'fails'],
    ])('%s wins where a report of the server names it', (gpo, outcome) => {
      const rsop = { name: 'WEB03/gp.html', text: gpresultHtml({ gpo }) };
      const { fleet } = report([baseline, web, config!, rsop]);
      expect(fleet?.rivals[0]).toMatchObject({ right: 'SeImpersonatePrivilege', winner: gpo, outcomes: [] });
      expect(fleet?.servers.flatMap(({ pools }) => pools.map((pool) => pool.outcome))).toEqual([outcome]);
    });

    it('with the same list there is nothing to decide', () => {
      const same = { name: 'second.xml', text: gpoReport([...members].reverse(), 'Second') };
      expect(report([baseline, same, config!]).fleet).toMatchObject({
        rivals: [],
        servers: [{ pools: [{ outcome: 'fails' }] }],
      });
    });

    it('they are told apart in one report of all policies', () => {
      const both = web.text.replace(/^[\s\S]*?(?=<GPO[\s>])/, '');
      const all = { name: 'all.xml', text: `${baseline.text.replace(/<\/GPO>\s*$/, '</GPO>')}${both}` };
      const whole = { ...all, text: `<GPOS>${all.text.replace(/^<\?xml[^>]*>\s*/, '')}</GPOS>` };
      expect(report([whole, config!]).fleet?.rivals[0]?.policies).toEqual(['Baseline', 'Web servers']);
    });
  });

  it('asks for what is missing', () => {
    const [template, config] = fleetFiles({ policy: { SeImpersonatePrivilege: four }, servers: { WEB01: [shop] } });
    expect(tell([template!, config!])).toContain('Who holds the right');
  });

  it('steps back when a failing request is among the files', () => {
    const files = fleetFiles({ policy: { SeImpersonatePrivilege: four }, servers: { WEB01: [shop] } });
    expect(report([...files, { name: 'fr000001.xml', text: frebLog() }]).fleet).toBeUndefined();
  });
});

describe('several servers without a policy', () => {
  const exportOf = (server: string, impersonate?: string) => ({
    name: `${server}/ur.inf`,
    text: seceditExport(machineRights(impersonate === undefined ? {} : { impersonate })),
  });

  it('stand side by side: who lacks a holder, and where', () => {
    const text = tell([exportOf('WEB01'), exportOf('WEB02', four), exportOf('WEB03')]);
    expect(text).toContain('3 servers side by side: on 1 of 3');
    expect(text).toMatch(/WEB02\s+yes\s+lacks IIS_IUSRS/);
  });

  it('of hundreds a chat shows the first, and counts the rest', () => {
    const text = tell(Array.from({ length: 40 }, (_, i) => exportOf(`WEB${100 + i}`)));
    expect(text).toMatch(/and more\s+32 servers/);
  });

  it('two exports of one server are no fleet', () => {
    expect(
      report([
        { ...exportOf('x'), name: 'ur.inf' },
        { ...exportOf('x', four), name: 'ur2.inf' },
      ]).fleet,
    ).toBeUndefined();
  });

  it('become a table for a spreadsheet, which runs no formula in it', () => {
    const { fleet } = report([exportOf('WEB01'), exportOf('=cmd()', four)]);
    const csv = fleetCsv(fleet!);
    expect(csv.split('\r\n')[0]).toBe('server,iis,pool,identity,account,outcome,already,rights,holders,missing,gpo');
    expect(csv).not.toMatch(/^=/m);
  });
});
