import { webApi } from '@slack/bolt';
import { CatalogueError } from '../../src/desk/ports/errors.js';

/** Returns Slack's code of a refused call; undefined when Slack did not answer. */
export function slackCode(error: unknown): string | undefined {
  return (error as { data?: { error?: string } } | undefined)?.data?.error;
}

const blockRefusals = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

/** Whether Slack refused the blocks of a message. */
export function isBlockRefusal(error: unknown): boolean {
  return blockRefusals.has(slackCode(error) ?? '');
}

/** Whether Slack refused a call because Frebot is not a member of the channel. */
export function isNotMember(error: unknown): boolean {
  return ['not_in_channel', 'channel_not_found'].includes(slackCode(error) ?? '');
}

/** Whether Slack refused a call because there were too many. */
export function isRateLimited(error: unknown): boolean {
  return slackCode(error) === 'ratelimited' || error instanceof webApi.WebAPIRateLimitedError;
}

/**
 * Returns the error as one of the catalogue.
 * @param partlyPosted whether a part of the answer is posted; the error must then not say that nothing is
 */
export function toCatalogueError(error: unknown, partlyPosted: boolean): CatalogueError {
  if (error instanceof CatalogueError) return error;
  if (isNotMember(error)) return new CatalogueError('slack-not-in-channel', {}, { cause: error });
  if (isRateLimited(error) && !partlyPosted)
    return new CatalogueError('rate-limited', { host: 'slack.com' }, { cause: error });
  return new CatalogueError('internal', { reason: slackCode(error) ?? 'no answer from Slack' }, { cause: error });
}
