import type { MoveStage } from './move-stage';

/** web-01 of hyper-v01 runs, and has to be stopped to go to any other host, which all have processors of another make; web-02 is off, so that it can go. */
export const OTHER_VENDOR: NonNullable<ConstructorParameters<typeof MoveStage>[1]> = {
  hosts: { 'hyper-v02': { vendor: 'amd' }, 'hyper-v03': { vendor: 'amd' } },
  machines: {
    'web-02': { state: 'off', heartbeat: 'none' },
    'app-01': { host: 'hyper-v03' },
    'sql-01': { host: 'hyper-v03' },
  },
};
