/** Clouds in which Teams runs. */
export type Cloud = 'public' | 'us-government' | 'us-dod' | 'china';

/** Addresses of the identity platform and of Microsoft Graph. */
export interface Endpoints {
  /** OpenID metadata of the Bot Framework: its keys sign what Teams sends. */
  openIdMetadata: string;
  issuer: string;
  /** Login authority, without the tenant. */
  login: string;
  /** Scope of tokens towards the Bot Framework. */
  botScope: string;
  /** Microsoft Graph, without version. */
  graph: string;
  /**
   * Where posts go that answer no activity, which would name the address. Microsoft documents none for the cloud in China
   * ("Send proactive messages").
   */
  service?: string | undefined;
}

/** The addresses of each cloud. */
export const clouds: Record<Cloud, Endpoints> = {
  public: {
    openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.com',
    login: 'https://login.microsoftonline.com',
    botScope: 'https://api.botframework.com',
    graph: 'https://graph.microsoft.com',
    service: 'https://smba.trafficmanager.net/teams/',
  },
  'us-government': {
    openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.us',
    login: 'https://login.microsoftonline.us',
    botScope: 'https://api.botframework.us',
    graph: 'https://graph.microsoft.us',
    service: 'https://smba.infra.gov.teams.microsoft.us/teams/',
  },
  'us-dod': {
    openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.us',
    login: 'https://login.microsoftonline.us',
    botScope: 'https://api.botframework.us',
    graph: 'https://dod-graph.microsoft.us',
    service: 'https://smba.infra.dod.teams.microsoft.us/teams/',
  },
  china: {
    openIdMetadata: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.azure.cn',
    login: 'https://login.partner.microsoftonline.cn',
    botScope: 'https://api.botframework.azure.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
};
