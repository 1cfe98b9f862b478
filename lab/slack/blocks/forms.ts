import type { Form } from './rule';

/** How each form is told, and how it is known. The messages are our own: no report shows Slack's. */
export const forms: Readonly<Record<Form, { name: string; matches: (text: string) => boolean }>> = {
  date: {
    name: 'a date like 2026-11-23',
    // Only a date of the calendar comes back as it went in: 2026-02-30 does not.
    matches: (text) => {
      const date = new Date(`${text}T00:00:00Z`);
      return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
    },
  },
  time: { name: 'a time like 22:25', matches: (text) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text) },
  url: { name: 'a URL', matches: (text) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) },
  web: { name: 'a URL with http or https', matches: (text) => /^https?:\/\/\S+$/i.test(text) },
  https: { name: 'a URL with https', matches: (text) => /^https:\/\/\S+$/i.test(text) },
  decimal: { name: 'a number', matches: (text) => /^-?\d+(?:\.\d+)?$/.test(text) },
  colour: { name: 'a colour like #F405B3', matches: (text) => /^#[0-9a-f]{6}$/i.test(text) },
};
