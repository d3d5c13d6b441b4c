import * as mappers from 'botframework-connector/lib/connectorApi/models/mappers.js';

/**
 * Lets `recipient.isTargeted` through to Teams. The connector's client writes only the properties it knows, and it was
 * archived before answers that a single person sees came up.
 */
export function allowTargetedRecipients(): void {
  const { modelProperties } = mappers.ChannelAccount.type;
  if (!modelProperties) return;
  modelProperties.isTargeted = { serializedName: 'isTargeted', type: { name: 'Boolean' } };
}
