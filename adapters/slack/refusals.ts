import { webApi } from '@slack/bolt';
import { CatalogueError } from '../../src/desk/ports/errors.js';

/** Returns Slack's code of a refused call; undefined when the call was never answered. */
export function slackCode(error: unknown): string | undefined {
  return (error as { data?: { error?: string } }).data?.error;
}

const blockRefusals = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

/** Returns whether Slack refused the blocks of a message. */
export function isBlockRefusal(error: unknown): boolean {
  return blockRefusals.has(slackCode(error) ?? '');
}

export function isNotMember(error: unknown): boolean {
  return ['not_in_channel', 'channel_not_found'].includes(slackCode(error) ?? '');
}

export function isRateLimited(error: unknown): boolean {
  return slackCode(error) === 'ratelimited' || error instanceof webApi.WebAPIRateLimitedError;
}

/** @param partlyPosted whether something was posted already: then a failure does not mean that nothing is there */
export function toCatalogueError(error: unknown, partlyPosted: boolean): CatalogueError {
  if (error instanceof CatalogueError) return error;
  if (isNotMember(error)) return new CatalogueError('slack-not-in-channel', {}, { cause: error });
  if (isRateLimited(error) && !partlyPosted)
    return new CatalogueError('rate-limited', { host: 'slack.com' }, { cause: error });
  return new CatalogueError('internal', { reason: slackCode(error) ?? 'no answer from Slack' }, { cause: error });
}
