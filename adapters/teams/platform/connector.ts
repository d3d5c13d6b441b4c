import type { OutgoingActivity, TeamsConversation } from './platform.js';
import { allowTargetedRecipients } from './targeted.js';

/** The calls that Frebot uses of the connector's client. */
export interface ConnectorClient {
  conversations: {
    sendToConversation(conversation: string, activity: OutgoingActivity): Promise<{ id?: string }>;
    replyToActivity(conversation: string, id: string, activity: OutgoingActivity): Promise<{ id?: string }>;
    deleteActivity(conversation: string, id: string): Promise<unknown>;
    getConversationMember(conversation: string, member: string): Promise<{ name?: string }>;
    updateActivity(conversation: string, id: string, activity: OutgoingActivity): Promise<{ id?: string }>;
  };
}

/** Returns a conversation over the connector's client, with the patches that this client needs. */
export function openConversation(client: ConnectorClient, id: string): TeamsConversation {
  allowTargetedRecipients();
  const { conversations } = withoutRetries(client);
  return {
    post: (activity) =>
      activity.replyToId
        ? conversations.replyToActivity(id, activity.replyToId, activity)
        : conversations.sendToConversation(id, activity),
    edit: (post, activity) => conversations.updateActivity(id, post, { ...activity, id: post }),
    remove: (post) => conversations.deleteActivity(id, post),
  };
}

/**
 * Removes the client's own retry policy, because it would multiply our attempts and retries other statuses than Teams asks
 * for (retry.ts). The client has no option for that.
 */
function withoutRetries(connector: ConnectorClient): ConnectorClient {
  const { client } = connector as unknown as { client?: { pipeline?: { removePolicy(p: { name: string }): void } } };
  client?.pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
  return connector;
}
