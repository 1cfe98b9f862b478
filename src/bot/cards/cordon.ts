import type { Cordon } from '../../core/hyperv/cordon';
import { inert, mention, moment } from './text';

/** What everybody is told when a host is to be kept free; inert mrkdwn. */
export function cordonedText({ host, by, why }: Cordon): string {
  return `⛔ *${inert(host)} is cordoned* by ${mention(by)}: ${inert(why)}\nNo machine is planned to be moved there; what is there stays. It ends with \`/hv uncordon ${inert(host)}\`.`;
}

/** What everybody is told when machines may be put there again; inert mrkdwn. */
export function uncordonedText({ host, by, why }: Cordon): string {
  const reason = why === '' ? '' : `: ${inert(why)}`;
  return `▶ *${inert(host)} is no longer cordoned*, by ${mention(by)}${reason}\nMachines may be moved there again.`;
}

/** That a host is cordoned, where hosts are listed; inert mrkdwn. */
export function cordonLine({ host, by, why, at, drain }: Cordon): string {
  if (drain !== undefined) {
    return `⛔ *${inert(host)}* takes no machines since ${moment(at)}: ${inert(why)}, asked by ${mention(by)}. It ends with \`/hv return ${inert(host)}\` or \`/hv uncordon ${inert(host)}\`.`;
  }
  return `⛔ *${inert(host)}* is cordoned by ${mention(by)} since ${moment(at)}: ${inert(why)}`;
}
