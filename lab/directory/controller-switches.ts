import { startController, type ControllerPlace, type RunningController } from './controller';

/** Starts and ends the controllers of one domain, each by its name. */
interface ControllerSwitches {
  /** Of those that run, in the order of the places. */
  pids(): number[];
  start(name: string): Promise<void>;
  stop(name: string): Promise<void>;
  startAll(): Promise<void>;
  stopAll(): Promise<void>;
}

/** The places must be configured; nothing runs yet. */
export function switchesFor(places: readonly ControllerPlace[]): ControllerSwitches {
  const running = new Map<string, RunningController>();
  const start = async (place: ControllerPlace): Promise<void> => {
    if (running.get(place.name)?.isRunning()) return;
    running.set(place.name, await startController(place));
  };
  const stop = async ({ name }: ControllerPlace): Promise<void> => running.get(name)?.stop();
  return {
    pids: () =>
      places.flatMap(({ name }) => {
        const controller = running.get(name);
        return controller?.isRunning() ? [controller.pid] : [];
      }),
    start: (name) => start(controllerNamed(places, name)),
    stop: (name) => stop(controllerNamed(places, name)),
    async startAll() {
      // Each is waited for, so that none is still starting when the failure of another is told.
      const results = await Promise.allSettled(places.map(start));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    async stopAll() {
      await Promise.all(places.map(stop));
    },
  };
}

/** The one that is called so. Throws when there is none. */
export function controllerNamed(places: readonly ControllerPlace[], name: string): ControllerPlace {
  const place = places.find((each) => each.name === name);
  if (!place) throw new Error(`The practice domain has no controller ${name}`);
  return place;
}
