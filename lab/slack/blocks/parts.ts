import { richTextBlock } from './rich-text';
import type { Kind, Shape } from './rule';
import { list, number, object, some, string } from './rule';

const cell = (shape: Shape): Kind => ({ ...shape, surfaces: ['message', 'home'], isShown: true });
const notShown = (shape: Shape): Kind => ({ ...shape, surfaces: ['message'], isShown: false });

const axisChart: Shape = {
  fields: { series: list(object('series'), 12), axis_config: object('axis') },
  required: ['series', 'axis_config'],
  relations: ['chartFits'],
};

/** What only stands in one kind of block: the cells of tables, the sources of a task, the charts of a visualization. */
export const parts: Readonly<Record<string, Kind>> = {
  raw_text: cell({ fields: { text: some }, required: ['text'] }),
  raw_number: cell({ fields: { value: number(), text: some }, required: ['value', 'text'] }),
  rich_text: richTextBlock,
  url: notShown({ fields: { url: string(Infinity, 1, 'web'), text: some }, required: ['url', 'text'] }),
  pie: notShown({ fields: { segments: list(object('segment'), 12) }, required: ['segments'] }),
  bar: notShown(axisChart),
  area: notShown(axisChart),
  line: notShown(axisChart),
};
