import type { Shape } from './rule';
import { choice, flag, open, plain, string } from './rule';

const fields = {
  blocks: open,
  private_metadata: string(3000),
  callback_id: string(255),
  external_id: string(255),
};

/** Views by type, from docs.slack.dev/reference/views. Only steps of old workflows have `submit_disabled`. */
export const views: Readonly<Record<'modal' | 'home', Shape>> = {
  modal: {
    fields: {
      ...fields,
      type: choice('modal'),
      title: plain(24),
      submit: plain(24),
      close: plain(24),
      clear_on_close: flag,
      notify_on_close: flag,
    },
    required: ['type', 'title', 'blocks'],
  },
  home: { fields: { ...fields, type: choice('home') }, required: ['type', 'blocks'] },
};
