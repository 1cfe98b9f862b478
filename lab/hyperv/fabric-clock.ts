/** The fabric's own time: as fast as the scale says, so that a quarter of an hour can be waited for. Milliseconds since 1970. */
export interface FabricClock {
  readonly scale: number;
  now(): number;
}

/** Begins with the real time and runs `scale` times as fast. */
export function openFabricClock(scale: number, real: () => number): FabricClock {
  if (!(scale >= 1 && scale <= 10_000)) throw new RangeError(`${scale} is no time scale from 1 to 10,000`);
  const began = real();
  return { scale, now: () => began + (real() - began) * scale };
}
