/**
 * The volume that holds a path on a host, as `Win32_Volume` names them (`D:\`, or a folder that one is mounted at): the one with the
 * longest name that the path begins with. Null: none of them holds it, as a share or a drive that is not there.
 */
export function volumeOf<V extends { readonly path: string }>(path: string, volumes: readonly V[]): V | null {
  const wanted = asFolder(path);
  const holding = volumes.filter((volume) => wanted.startsWith(asFolder(volume.path)));
  const [first, ...others] = holding;
  if (!first) return null;
  return others.reduce((best, each) => (each.path.length > best.path.length ? each : best), first);
}

/** Windows tells no upper case from lower in paths. */
function asFolder(path: string): string {
  return `${path.toLowerCase().replaceAll('/', '\\').replace(/\\+$/, '')}\\`;
}
