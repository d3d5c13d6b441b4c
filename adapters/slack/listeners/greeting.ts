import type { App } from '@slack/bolt';
import { channelKey, greetingKey } from '../keys.js';
import type { SlackDeskMessage } from '../message.js';
import { type ListenerContext, teamOf } from './context.js';

/** Listens to Frebot being added to a channel, where it says once what it does. Only the full manifest has this event. */
export function listenToGreeting(app: App, { desk, workspace }: ListenerContext): void {
  app.event('member_joined_channel', async ({ event, body }) => {
    const team = teamOf(body);
    const { user } = await (await workspace(team)).us();
    if (event.user !== user) return;
    const { channel, inviter } = event;
    const key = greetingKey(team, channel);
    const message: SlackDeskMessage = {
      key,
      door: 'slack',
      tenant: team,
      who: inviter ?? user,
      where: { team, channel },
      thread: key,
      place: channelKey(team, channel),
      text: '',
      files: [],
      addressed: true,
      greeting: true,
    };
    await desk.receive(message);
  });
}
