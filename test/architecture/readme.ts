import { nameOf, textOf, walk, type Node } from './syntax';

/** A command that a text tells people to type. */
export interface Mention {
  readonly kind: 'npm' | 'handover';
  readonly name: string;
}

/** The `npm run X`, `npm test` and `handover X` in the code blocks and code spans of a Markdown text. */
export function mentionedCommands(markdown: string): Mention[] {
  return codeLines(markdown).flatMap((line) => [
    ...[...line.matchAll(/\bnpm run (?:-\S+ )*([\w:.-]+)/g)].map(([, name = '']) => npm(name)),
    ...[...line.matchAll(/\bnpm (test|start)\b/g)].map(([, name = '']) => npm(name)),
    // At the start of a line or span only: `image: handover bot` and the like are no commands.
    ...[...line.matchAll(/^\s*(?:\$ )?(?:npx )?handover ([a-z][\w-]*)/g)].map(([, name = '']) =>
      handover(name),
    ),
  ]);
}

function npm(name: string): Mention {
  return { kind: 'npm', name };
}

function handover(name: string): Mention {
  return { kind: 'handover', name };
}

function codeLines(markdown: string): string[] {
  const lines: string[] = [];
  let isInBlock = false;
  for (const line of markdown.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) isInBlock = !isInBlock;
    else if (isInBlock) lines.push(line);
    else lines.push(...[...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));
  }
  return lines;
}

/**
 * The commands that a file gives to commander: the first word in `.command('worker …')`, also when it goes through a
 * function of that name.
 */
export function commandsOf(tree: Node): string[] {
  const names: string[] = [];
  walk(tree, (node) => {
    if (node.type !== 'CallExpression') return;
    const callee = node['callee'] as Node;
    const name = nameOf(callee.type === 'MemberExpression' ? callee['property'] : callee);
    const first = textOf((node['arguments'] as { expression: unknown }[])[0]?.expression);
    if (name === 'command' && first !== undefined) names.push(first.split(' ')[0] ?? '');
  });
  return names;
}
