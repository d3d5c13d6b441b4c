import { webApi } from '@slack/bolt';
import { CatalogueError, type ErrorCode } from '../../src/desk/ports/errors.js';

/** Returns Slack's code of a refused call; undefined when Slack did not answer. */
export function slackCode(error: unknown): string | undefined {
  return (error as { data?: { error?: string } } | undefined)?.data?.error;
}

const blockRefusals = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

/** True when Slack refused the blocks of a message. */
export function isBlockRefusal(error: unknown): boolean {
  return blockRefusals.has(slackCode(error) ?? '');
}

/** True when Slack refused a call because Frebot is not a member of the channel. */
export function isNotMember(error: unknown): boolean {
  return ['not_in_channel', 'channel_not_found'].includes(slackCode(error) ?? '');
}

/** True when Slack refused a call because there were too many. */
export function isRateLimited(error: unknown): boolean {
  return slackCode(error) === 'ratelimited' || error instanceof webApi.WebAPIRateLimitedError;
}

/** Slack's codes that no further attempt can change. */
const finalCodes: Readonly<Record<string, ErrorCode>> = {
  is_archived: 'slack-archived',
  token_revoked: 'slack-token',
  token_expired: 'slack-token',
  invalid_auth: 'slack-token',
  not_authed: 'slack-token',
  account_inactive: 'slack-token',
  ekm_access_denied: 'slack-key-denied',
};

/** Slack's codes for its own faults. Every other code is a refusal. */
const passingCodes = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'ratelimited',
  'message_limit_exceeded',
]);

/** Returns the catalogue's code for a call that Slack refused for good; undefined for a fault that may pass. */
export function finalRefusal(error: unknown): ErrorCode | undefined {
  const code = slackCode(error);
  if (code === undefined || passingCodes.has(code)) return undefined;
  return finalCodes[code] ?? 'slack-refused';
}

/**
 * Returns the error as one of the catalogue.
 * @param partlyPosted whether a part of the answer is posted; the error must then not say that nothing is
 */
export function toCatalogueError(error: unknown, partlyPosted: boolean): CatalogueError {
  if (error instanceof CatalogueError) return error;
  if (isNotMember(error)) return new CatalogueError('slack-not-in-channel', {}, { cause: error });
  if (isRateLimited(error) && !partlyPosted)
    return new CatalogueError('rate-limited', { host: 'slack.com', ...pauseOf(error) }, { cause: error });
  const facts = { host: 'slack.com', reason: slackCode(error) ?? 'no answer from Slack', ...pauseOf(error) };
  return new CatalogueError(finalRefusal(error) ?? 'platform-unreachable', facts, { cause: error });
}

/** Returns the pause that Slack asks for. */
function pauseOf(error: unknown): { seconds?: string } {
  return error instanceof webApi.WebAPIRateLimitedError ? { seconds: String(error.retryAfter) } : {};
}
