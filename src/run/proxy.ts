/** Sends outgoing calls through the proxy that the environment names; without one its packages are not loaded. */
export async function routeThroughProxy(): Promise<void> {
  const { HTTPS_PROXY, https_proxy: httpsProxy } = process.env;
  if (HTTPS_PROXY || httpsProxy) (await import('../service/proxy.js')).installEnvironmentProxy();
}
