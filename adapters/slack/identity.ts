import type { webApi } from '@slack/bolt';

/** Frebot's user and bot in a workspace, and the scopes of the token. */
export interface SlackIdentity {
  team: string;
  teamName: string;
  /** Address of the workspace, `https://contoso.slack.com/`; empty when Slack names none. */
  url: string;
  user: string;
  bot: string;
  /** Scopes of the token, from the response header; empty when Slack names none. */
  scopes: string[];
}

/** Returns a function that asks Slack once and caches the identity. A failure is not cached, so the next event asks again. */
export function rememberIdentity(client: webApi.WebClient): () => Promise<SlackIdentity> {
  let known: Promise<SlackIdentity> | undefined;
  return () => {
    known ??= fetchIdentity(client).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/** Asks Slack each time, for a check that must see scopes granted since the start. */
export async function fetchIdentity(client: webApi.WebClient): Promise<SlackIdentity> {
  const response = await client.auth.test();
  return {
    team: response.team_id ?? '',
    teamName: response.team ?? '',
    url: response.url ?? '',
    user: response.user_id ?? '',
    bot: response.bot_id ?? '',
    scopes: response.response_metadata?.scopes ?? [],
  };
}
