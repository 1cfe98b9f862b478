import { z } from 'zod';
import { eventCallback } from '../payloads';
import { interact, notSent } from './outcome';
import { postRoute } from './route';

/** `POST /_lab/home`: somebody opens the app's Home tab; the app is told of it with the view that is published. */
export const home = postRoute(z.object({ user: z.string() }), async (parts, body) => {
  const user = parts.workspace.user(body.user);
  if (!user) return notSent('user_not_found');
  const view = parts.views.home(user.id);
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel: parts.workspace.directMessage(user).id,
    tab: 'home',
    event_ts: parts.messages.nextTs(),
    ...(view && { view: structuredClone(view) }),
  };
  return interact(parts, user.id, { send: () => parts.deliveries.deliverEvent(eventCallback(event)) });
});
