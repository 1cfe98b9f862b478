import { z } from 'zod';
import { globalShortcut } from '../payloads';
import { interact, notSent } from './outcome';
import { postRoute } from './route';

/** `POST /_lab/shortcut`: somebody chooses a global shortcut of the app, which may stand anywhere in Slack. */
export const shortcut = postRoute(
  z.object({ user: z.string(), callback_id: z.string() }),
  async (parts, body) => {
    const user = parts.workspace.user(body.user);
    if (!user) return notSent('user_not_found');
    const payload = globalShortcut(parts, user, body.callback_id);
    return interact(parts, user.id, { send: () => parts.deliveries.deliver('interactive', payload) });
  },
);
