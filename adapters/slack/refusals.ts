import { webApi } from '@slack/bolt';
import { CatalogueError } from '../../src/desk/ports/errors.js';

/** Slack's own code of a refused call; undefined when it was never answered. */
export function slackCode(error: unknown): string | undefined {
  return (error as { data?: { error?: string } }).data?.error;
}

const ofBlocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

/** Slack judged the blocks differently than we do. */
export function isBlockRefusal(error: unknown): boolean {
  return ofBlocks.has(slackCode(error) ?? '');
}

export function isNotMember(error: unknown): boolean {
  return ['not_in_channel', 'channel_not_found'].includes(slackCode(error) ?? '');
}

export function isRateLimited(error: unknown): boolean {
  return slackCode(error) === 'ratelimited' || error instanceof webApi.WebAPIRateLimitedError;
}

/** @param begun something was posted already, so the failure is not for certain one of the whole */
export function toCatalogueError(error: unknown, begun: boolean): CatalogueError {
  if (error instanceof CatalogueError) return error;
  if (isNotMember(error)) return new CatalogueError('slack-not-in-channel', {}, { cause: error });
  if (isRateLimited(error) && !begun)
    return new CatalogueError('rate-limited', { host: 'slack.com' }, { cause: error });
  return new CatalogueError('internal', { reason: slackCode(error) ?? 'no answer from Slack' }, { cause: error });
}
