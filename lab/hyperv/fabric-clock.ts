/** What time it is on the fabric, in milliseconds since 1970. */
export interface FabricNow {
  now(): number;
}

/** The fabric's own time: as fast as the scale says, so that a quarter of an hour can be waited for. */
export interface FabricClock extends FabricNow {
  readonly scale: number;
  /** Lets it run so fast from now on: what has to be waited for goes by, and what is worth watching does not. */
  setScale(scale: number): void;
}

/** The slowest and the fastest that it runs. */
export const SCALES = { least: 1, most: 10_000 } as const;

/** Begins with the real time and runs `scale` times as fast. Throws RangeError for another scale than 1 to 10,000. */
export function openFabricClock(scale: number, real: () => number): FabricClock {
  let since = { real: real(), fabric: real(), scale: checked(scale) };
  const now = (): number => since.fabric + (real() - since.real) * since.scale;
  return {
    get scale() {
      return since.scale;
    },
    now,
    setScale(to) {
      since = { real: real(), fabric: now(), scale: checked(to) };
    },
  };
}

function checked(scale: number): number {
  if (!(scale >= SCALES.least && scale <= SCALES.most))
    throw new RangeError(`${scale} is no time scale from 1 to 10,000`);
  return scale;
}
