// The free Azure Bot resource and its Teams channel for an Entra app that exists:
//   az deployment group create -g <resource group> -f deploy/azure-bot.bicep -p appId=<id> tenantId=<id> host=<host>
@description('Application (client) ID of the Entra app')
param appId string
@description('Directory (tenant) ID of the Entra app')
param tenantId string
@description('Host name at which Frebot is reached, without https://')
param host string
@description('Name of the bot resource, unique in Azure')
param botName string = 'frebot-${uniqueString(resourceGroup().id)}'

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: botName
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: 'Frebot'
    endpoint: 'https://${host}/api/messages'
    msaAppId: appId
    msaAppTenantId: tenantId
    // Multi-tenant bots cannot be created any more.
    msaAppType: 'SingleTenant'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: { channelName: 'MsTeamsChannel' }
}
