import https from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';

/** The options of a connection that an agent makes. */
type ConnectOptions = Parameters<https.Agent['createConnection']>[0] & { host?: string; port?: number | string };

/** A node:https agent that asks `HTTPS_PROXY` and `NO_PROXY` for each connection. */
class EnvironmentProxyAgent extends https.Agent {
  readonly #proxied = new Map<string, HttpsProxyAgent<string>>();

  // Not in Node's types, although agents are replaced by it: called for each request.
  addRequest(request: unknown, options: ConnectOptions): void {
    const proxy = getProxyForUrl(`https://${options.host}:${options.port ?? 443}`);
    const chosen = proxy ? this.#agentFor(proxy) : this.#direct;
    (chosen as unknown as EnvironmentProxyAgent).addRequest(request, options);
  }

  readonly #direct = new https.Agent({ keepAlive: true });

  #agentFor(proxy: string): HttpsProxyAgent<string> {
    const known = this.#proxied.get(proxy) ?? new HttpsProxyAgent(proxy, { keepAlive: true });
    this.#proxied.set(proxy, known);
    return known;
  }
}

/**
 * Sends every outgoing call of the process through the proxy that the environment names: Slack's client and its WebSocket use
 * undici; sign-in, the keys of the Bot Framework, Graph and downloads use node:https. A private certificate authority is
 * Node's own matter (`NODE_EXTRA_CA_CERTS`).
 */
export function installEnvironmentProxy(): void {
  setGlobalDispatcher(new EnvHttpProxyAgent());
  https.globalAgent = new EnvironmentProxyAgent();
}
