import { grouped } from '../../../core/delegation/grouped';
import type { SettingChange } from '../../../core/hyperv/host-settings';
import { namesInOrder, saidSetting } from '../../../core/hyperv/said-settings';

/** The change of each host as plain lines, which begin with the word: what is set, and what it was before. Hosts that change alike stand together. */
export function settingLines(settings: readonly SettingChange[], word = 'Change'): readonly string[] {
  const alike = grouped(settings, ({ by, before, after }) => JSON.stringify([by, before, after]));
  const lines = alike.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const hosts = group.map(({ host }) => host).join(', ');
    return [
      `${word}: how ${hosts} ${group.length === 1 ? 'moves' : 'move'} machines`,
      ...namesInOrder(first.after).map(
        (name) => `=  ${saidSetting(first.after, name)}   (was: ${saidSetting(first.before, name)})`,
      ),
    ];
  });
  const isByHand = settings.some(({ by }) => by === 'hand');
  return isByHand ? [...lines, '✋ A person carries this out; Handover looks and tells.'] : lines;
}
