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

/** Remembers who Frebot is in a workspace. */
export interface IdentityMemory {
  /** Returns the identity, which Slack is asked for once. A failure is not remembered, so the next event asks again. */
  us(): Promise<SlackIdentity>;
  /** Asks Slack again, for a check that must see scopes granted since the start. A question under way is not asked twice. */
  renew(): Promise<SlackIdentity>;
}

export function rememberIdentity(client: webApi.WebClient): IdentityMemory {
  let known: Promise<SlackIdentity> | undefined;
  let isAsking = false;
  const renew = () => {
    if (known && isAsking) return known;
    isAsking = true;
    known = fetchIdentity(client)
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      })
      .finally(() => {
        isAsking = false;
      });
    return known;
  };
  return { us: () => known ?? renew(), renew };
}

async function fetchIdentity(client: webApi.WebClient): Promise<SlackIdentity> {
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
