/**
 * Where a bot on HTTP listens at a claimed address. It is below the ephemeral range of Linux, so no server that let the
 * kernel choose its port there can have it.
 */
export const botPort = 3_000;
