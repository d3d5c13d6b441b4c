import { describe, expect, it } from 'vitest';
import { needsElevation, type Shell, shellMistake } from '../../src/knowledge/shells.js';
import { stepSchema } from '../../src/knowledge/step-schema.js';

const appcmd = '%windir%\\system32\\inetsrv\\appcmd';

describe('a command is right for the shell it names', () => {
  it.each<[Shell, string]>([
    ['cmd', `${appcmd} list apppool "{pool|<pool>}" /text:processModel.identityType`],
    ['cmd', 'net stop was /y && net start w3svc'],
    ['cmd', 'dir /s /o-d %SystemDrive%\\inetpub\\logs\\FailedReqLogFiles\\fr*.xml'],
    [
      'cmd',
      'powershell -NoProfile -Command "Get-ChildItem Cert:\\LocalMachine\\Root | Where-Object { $_.Issuer -ne $_.Subject }"',
    ],
    ['powershell', '& "$env:windir\\system32\\inetsrv\\appcmd.exe" list wp'],
    ['powershell', 'Get-Process w3wp | ForEach-Object { $_.Id }'],
    [
      'powershell',
      "Stop-WebAppPool '{pool|<pool>}'; while ((Get-WebAppPoolState '{pool|<pool>}').Value -ne 'Stopped') { Start-Sleep 1 }",
    ],
    ['both', 'secedit /export /areas USER_RIGHTS /cfg C:\\ur.inf'],
    ['both', 'powershell -NoProfile -Command "Install-WindowsFeature Web-Http-Tracing"'],
    ['both', 'cmd /c "net stop was /y & net start w3svc"'],
    ['both', 'cmd /c "dir /s %SystemDrive%\\inetpub"'],
    ['both', 'icacls "{file.requested|<path>}" /grant "IIS_IUSRS:(RX)"'],
    ['both', 'wevtutil qe Security "/q:*[System[(EventID=4704 or EventID=4705)]]" /rd:true /f:xml'],
    ['both', 'curl.exe -v "https://host/?a=1&b=2"'],
    ['both', 'gpresult /scope computer /h C:\\gp.html /f'],
  ])('and loads for %s: %s', (shell, command) => {
    expect(shellMistake(command, shell)).toBeUndefined();
  });

  it.each<[Shell, string, RegExp]>([
    ['both', 'net stop was /y && net start w3svc', /&&/],
    ['powershell', `${appcmd} list wp`, /%name%/],
    ['powershell', 'appcmd stop apppool "x" & appcmd start apppool "x"', /&/],
    ['both', 'dir /s C:\\inetpub', /dir/],
    ['powershell', 'ping host >nul', /nul/],
    ['both', 'curl -v http://host/', /aliases/],
    ['powershell', 'sc query w3svc', /aliases/],
    ['both', 'icacls C:\\x /grant IIS_IUSRS:(RX)', /quote/],
    ['both', 'Get-WebAppPoolState Portal', /cmdlet/],
    ['cmd', 'Install-WindowsFeature Web-Http-Tracing', /cmdlet/],
    ['cmd', 'echo $env:windir', /variable/],
    ['cmd', '& "C:\\x.exe"', /sign of PowerShell/],
    ['both', 'powershell -Command "Get-Process | Where-Object { $_.Id }"', /fills in/],
  ])('and is refused for %s: %s', (shell, command, why) => {
    expect(shellMistake(command, shell)).toMatch(why);
  });

  it('or the knowledge does not load', () => {
    const result = stepSchema.safeParse({
      do: 'Restart it.',
      command: 'net stop was /y && net start w3svc',
      shell: 'both',
      prints: 'nothing',
    });
    expect(result.error?.issues[0]).toMatchObject({ path: ['command'], message: expect.stringContaining('&&') });
    const mute = stepSchema.safeParse({ do: 'Look.', command: 'icacls C:\\web', shell: 'both' });
    expect(mute.error?.issues[0]?.message).toContain('says what it prints');
    expect(stepSchema.safeParse({ do: 'Look.', shell: 'cmd' }).success).toBe(false);
  });
});

describe('elevation', () => {
  it.each([
    `${appcmd} list wp`,
    'secedit /export /areas USER_RIGHTS /cfg C:\\ur.inf',
    'gpresult /scope computer /h C:\\gp.html /f',
    'dism /online /enable-feature /featurename:IIS-HttpTracing',
    'wevtutil qe Security "/q:*[System[(EventID=4625)]]"',
    'certutil -addstore Root <root.cer>',
    'icacls C:\\inetpub\\wwwroot',
    'powershell -NoProfile -Command "Install-WindowsFeature Web-Http-Tracing"',
    'Stop-WebAppPool Portal',
    'net stop was /y',
  ])('is needed by %s', (command) => {
    expect(needsElevation(command)).toBe(true);
  });

  it.each([
    'net helpmsg 1346',
    'nslookup host',
    'setspn -L DOMAIN\\svc',
    'curl.exe -v http://localhost/',
    'wevtutil qe Application /c:5',
  ])('is not needed by %s', (command) => {
    expect(needsElevation(command)).toBe(false);
  });
});
