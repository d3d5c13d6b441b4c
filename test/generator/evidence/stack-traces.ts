/** An exception of each language as its runtime prints it, with a message of the caller's. */

export function dotnetTrace(message: string): string {
  return [
    '[09:15:04 ERR] The order could not be saved.',
    'Shop.Orders.SaveException: The order was not written',
    ` ---> System.Data.DataException: ${message}`,
    '   at Shop.Orders.Store.Write(Order order) in C:\\src\\Shop\\Store.cs:line 41',
    '   at Shop.Orders.Pages.Save.OnPost()',
    '',
  ].join('\r\n');
}

export function pythonTrace(message: string): string {
  return [
    'Traceback (most recent call last):',
    '  File "C:\\Python312\\Lib\\site-packages\\wfastcgi.py", line 700, in main',
    '    handler = load()',
    '  File "C:\\inetpub\\shop\\orders.py", line 12, in load',
    '    import stock',
    `ValueError: ${message}`,
    '',
  ].join('\n');
}

export function nodeTrace(message: string): string {
  return [
    'Application has thrown an uncaught exception and is terminated:',
    `Error: ${message}`,
    '    at Server.setupListenHandle [as _listen2] (node:net:1800:16)',
    '    at Object.<anonymous> (C:\\inetpub\\shop\\server.js:27:8)',
    '',
  ].join('\n');
}

export function javaTrace(message: string): string {
  return [
    'Exception in thread "main" org.shop.StartException: the server did not start',
    '\tat org.shop.Main.main(Main.java:20)',
    `Caused by: java.net.BindException: ${message}`,
    '\tat java.base/sun.nio.ch.Net.bind0(Native Method)',
    '\tat org.shop.Main.listen(Main.java:31)',
    '',
  ].join('\n');
}

/** A message that was posted without its stack. */
export function bareMessage(message: string): string {
  return `The shop shows this on the new server:\n\nSystem.InvalidOperationException: ${message}\n`;
}
