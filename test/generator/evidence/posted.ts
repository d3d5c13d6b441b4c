/** Known formats as people post them: without their usual first line, or in an old form. */

/** An event as Event Viewer of Windows Server 2003 copies it. */
export function oldEvent(source: string, id: number, description: string): string {
  return [
    'Event Type:\tError',
    `Event Source:\t${source}`,
    'Event Category:\tNone',
    `Event ID:\t${id}`,
    'Date:\t\t6/8/2009',
    'Time:\t\t9:15:04 AM',
    'User:\t\tN/A',
    'Computer:\tWEB03',
    'Description:',
    description,
    '',
  ].join('\r\n');
}

/** A yellow screen from its description on. */
export function headlessConfigError(message: string): string {
  return [
    'Configuration Error',
    'Description: An error occurred during the processing of a configuration file required to service this request.',
    '',
    `Parser Error Message: ${message}`,
    '',
    'Source Error:',
    '',
    'Line 20:   <system.web>',
    'Line 21:     <compilation debug="false" targetFramework="4.8">',
    'Line 22:       <assemblies>',
    '',
    'Source File: C:\\inetpub\\shop\\web.config    Line: 21',
    '',
  ].join('\n');
}

/** The answer to a request as a tool shows it: headers, then the body. */
export function httpAnswer(status: string, headers: readonly string[], body: string): string {
  return [
    'PUT http://shop.example/api/orders/7',
    '',
    ...headers,
    'Content-Type: text/html',
    'Server: Microsoft-IIS/10.0',
    'X-Powered-By: ASP.NET',
    'Date: Mon, 08 Jun 2026 19:53:49 GMT',
    'Content-Length: 1293',
    '',
    `Status Code ${status}`,
    '',
    body,
    '',
  ].join('\n');
}

/** `(Get-Acl folder).Access | Format-List`. */
export function accessRules(rules: readonly { rights: string; account: string }[]): string {
  return rules
    .map(({ rights, account }) =>
      [
        `FileSystemRights  : ${rights}`,
        'AccessControlType : Allow',
        `IdentityReference : ${account}`,
        'IsInherited       : True',
        'InheritanceFlags  : None',
        'PropagationFlags  : None',
        '',
      ].join('\r\n'),
    )
    .join('\r\n');
}
