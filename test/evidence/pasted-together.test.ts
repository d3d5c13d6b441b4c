import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { fact } from './facts.js';

const rows = (module: string, code: string, separator = '\t') =>
  [
    ['ModuleName', module],
    ['Notification', 'EXECUTE_REQUEST_HANDLER'],
    ['HttpStatus', '500'],
    ['HttpSubStatus', '0'],
    ['ErrorCode', code],
  ]
    .map((row) => row.join(separator))
    .join('\n');
const crash = (program: string, module: string, code: string) =>
  `Faulting application name: ${program}, version: 8.1.2.0, time stamp: 0x61e5d9bd\nFaulting module name: ${module}, version: 8.1.2.0, time stamp: 0x61e5d9bd\nException code: ${code}\nFault offset: 0x000000000001a2b3`;
const absturz = (program: string, module: string, code: string) =>
  `Name der fehlerhaften Anwendung: ${program}, Version: 7.4.3.0, Zeitstempel: 0x5e4d2f5c\nName des fehlerhaften Moduls: ${module}, Version: 7.4.3.0, Zeitstempel: 0x5e4d2f5c\nAusnahmecode: ${code}\nFehleroffset: 0x00000000000fb049`;
const oldLine = (program: string, module: string, code: string) =>
  `Faulting application ${program}, version 7.0.6001.18000, time stamp 0x47919413, faulting module ${module}, version 1.0.0.0, time stamp 0x4a1d2c3b, exception code ${code}, fault offset 0x0001a2b3, process id 0x1a30, application start time 0x01ca0000.`;
const alteZeile = (program: string, module: string, code: string) =>
  `Fehlerhafte Anwendung ${program}, Version 7.0.6001.18000, Zeitstempel 0x47919413, fehlerhaftes Modul ${module}, Version 1.0.0.0, Zeitstempel 0x4a1d2c3b, Ausnahmecode ${code}, Fehleroffset 0x0001a2b3, Prozess-ID 0x1a30`;

describe('rows of a FREB log beside the text of an Application Error', () => {
  it.each([
    [
      'FastCGI, event below',
      `${rows('FastCgiModule', '(0x800700e9)')}\n\n${crash('php-cgi.exe', 'php_x.dll', '0xc0000005')}`,
      'fastcgi-process-died',
    ],
    [
      'FastCGI, event above',
      `${crash('php-cgi.exe', 'ntdll.dll', '0xc0000374')}\n\nand the trace:\n${rows('FastCgiModule', '(0x8007006d)', ': ')}`,
      'fastcgi-process-died',
    ],
    [
      'FastCGI, German event',
      `${rows('FastCgiModule', '(0x800700e8)')}\n\n${absturz('php-cgi.exe', 'php_x.dll', '0xc0000409')}`,
      'fastcgi-process-died',
    ],
    [
      'FastCGI, event of an old server',
      `${rows('FastCgiModule', '(0x8007006d)')}\n\n${oldLine('php-cgi.exe', 'php5ts.dll', '0xc0000005')}`,
      'fastcgi-process-died',
    ],
    [
      'ISAPI',
      `${rows('IsapiModule', '(0x800706be)')}\n\n${crash('w3wp.exe', 'Cart.dll', '0xc0000005')}`,
      'pool-process-ended',
    ],
    [
      'ISAPI filter, German event of an old server',
      `${alteZeile('w3wp.exe', 'Filter.dll', '0xc0000005')}\n\n${rows('IsapiFilterModule', '(0x0)', ' ')}`,
      'pool-process-ended',
    ],
  ])('%s: one cause, told with both', (_, text, cause) => {
    const readings = readPasted(text);
    expect(readings.map(({ kind }) => kind).sort()).toEqual(['event-export', 'fragment']);
    const event = readings.find(({ kind }) => kind === 'event-export');
    const report = diagnose(readings, knowledge);
    expect(report.diagnosis.findings.map((finding) => finding.cause)).toEqual([cause]);
    expect(report.diagnosis.findings[0]!.files).toHaveLength(2);
    expect(report.diagnosis.findings[0]!.missing).not.toContain('event-log');
    const told = renderText(answerReport(report, knowledge)).replace(/\s+/g, ' ');
    expect(told).toContain(`${fact(event!, 'event.process')} crashed in ${fact(event!, 'event.file')}`);
    expect(told).toMatch(/ModuleName|FastCgiModule/);
  });

  it('a program that is not the one of the request stays another cause', () => {
    const text = `${rows('FastCgiModule', '(0x80070102)')}\n\n${crash('w3wp.exe', 'Cart.dll', '0xc0000005')}`;
    const { findings } = diagnose(readPasted(text), knowledge).diagnosis;
    expect(findings.map(({ cause }) => cause).sort()).toEqual(['fastcgi-process-died', 'pool-process-ended']);
  });
});
