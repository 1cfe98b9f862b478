import { safe } from './html.mjs';

/** A red box, so that nothing is shown by halves. The server refuses such blocks before they come here. */
export const unsupported = (type) =>
  safe`<p class="unsupported" data-testid="unsupported">Not shown here: ${type}</p>`;
