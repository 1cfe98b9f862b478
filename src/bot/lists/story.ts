import { storyVerdict } from '../../core/audit/story-verdict';
import type { Story } from '../../jobs/client';
import { header, plain, words, type Message } from '../cards/message';
import { clip, codeBlock, counted } from '../cards/text';

/** Characters of a section's text as it goes over the wire, with room for what makes it a block of code. */
const SECTION = 2_800;

/** Of one line: escaped it may be five times as long. */
const LINE = 500;

/** All blocks of a message together have a limit too (cards/limits.ts). */
const MOST_SECTIONS = 3;

/** `/hv audit REQUEST`: the whole story as a private message, the oldest first; what has no room is said. */
export function storyMessage(story: Story): Message {
  const { label, lines } = story;
  const sections = sectionsOf(lines);
  const shown = sections.slice(0, MOST_SECTIONS);
  const left = sections.slice(MOST_SECTIONS).flat().length;
  const verdict = verdictOf(story);
  return {
    text: `The audit of ${label}. ${verdict}`,
    blocks: [
      header(`The audit of ${label}`),
      plain(verdict),
      ...shown.map((section) => words(codeBlock(section.join('\n')))),
      ...(left > 0
        ? [
            plain(
              `${counted(left, 'line')} left out. All of it: “handover audit show ${label}” on a worker’s host.`,
            ),
          ]
        : []),
    ],
  };
}

function verdictOf(story: Story): string {
  return `${story.brokenAt === null ? '✅' : '🚨'} ${storyVerdict(story)}`;
}

/** Whole lines, as many as fit one section. */
function sectionsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const sections: string[][] = [];
  let room = 0;
  for (const line of lines.map((each) => clip(each, LINE))) {
    const length = codeBlock(line).length;
    if (sections.length === 0 || length > room) {
      sections.push([]);
      room = SECTION;
    }
    sections.at(-1)?.push(line);
    room -= length;
  }
  return sections;
}
