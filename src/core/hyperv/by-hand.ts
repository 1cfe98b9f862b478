import type { SettingChange } from './host-settings';

/**
 * PowerShell with which a person does a change, a whole command each, in an order in which nobody moves anything before the rest is as it
 * shall be. Networks have no order of their own but their priority, so all of them are set anew. Hosts and networks have no sign that could
 * end a quoted string: the form of a plan allows none.
 */
export function settingCommands({ host, before, after }: SettingChange): readonly string[] {
  const on = `-ComputerName '${host}'`;
  const single = [
    ...(after.auth === undefined
      ? []
      : [`-VirtualMachineMigrationAuthenticationType ${after.auth === 'kerberos' ? 'Kerberos' : 'CredSSP'}`]),
    ...(after.most === undefined ? [] : [`-MaximumVirtualMachineMigrations ${after.most}`]),
    ...(after.anyNetwork === undefined ? [] : [`-UseAnyNetworkForMigration ${truth(after.anyNetwork)}`]),
  ];
  const gone = after.networks === undefined ? [] : (before.networks ?? []);
  return [
    ...(after.enabled === false ? [`Disable-VMMigration ${on}`] : []),
    ...(single.length === 0 ? [] : [`Set-VMHost ${on} ${single.join(' ')}`]),
    ...gone.map((network) => `Remove-VMMigrationNetwork ${on} -Subnet '${network}'`),
    ...(after.networks ?? []).map(
      (network, at) => `Add-VMMigrationNetwork ${on} -Subnet '${network}' -Priority ${at + 1}`,
    ),
    ...(after.enabled === true ? [`Enable-VMMigration ${on}`] : []),
  ];
}

function truth(value: boolean): string {
  return value ? '$true' : '$false';
}
