export const usage = `frebot: why a site on IIS fails, from its evidence

  frebot diagnose <file|folder|zip>… [--json]   read Failed Request Tracing logs and other evidence together
  frebot ask "<question>" [--json]              ask about a right, a status, a code, a setting
  frebot ask - [--json] [--thread]              one question a line from what is piped in; --thread: one conversation
  frebot compare <bad> <good> [--json]          the first event where two logs part
  frebot preflight <policy> <configs and exports of servers>… [--json|--csv]
                                                which pools will fail when this policy arrives
  frebot doctor [--json]                        what is configured, what is missing, what to click
  frebot train                                  learn from the examples of the knowledge (FREBOT_KNOWLEDGE: your own folder)
  frebot serve                                  start the page and the doors that are configured (npm start)
  frebot help                                   everything that can be asked

A file argument "-" reads what is piped in. Exit codes: 0 done, 1 something was unreadable, 2 wrong usage.
`;
