import * as mappers from 'botframework-connector/lib/connectorApi/models/mappers.js';

/**
 * Makes the connector's client send `recipient.isTargeted`. It sends only the properties it knows, and it was archived
 * before Teams had answers that a single person sees.
 */
export function allowTargetedRecipients(): void {
  const { modelProperties } = mappers.ChannelAccount.type;
  if (!modelProperties) return;
  modelProperties.isTargeted = { serializedName: 'isTargeted', type: { name: 'Boolean' } };
}
