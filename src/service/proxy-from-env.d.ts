// The package has no types of its own.
declare module 'proxy-from-env' {
  /** Returns the address of the proxy for a URL by the environment; empty when it is reached directly. */
  export function getProxyForUrl(url: string): string;
}
