/** An SVG → its elements, in order, each with its own text and where it lies. */

import { SaxesParser } from 'saxes';

export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What the groups around it move it by, in pixels. */
  readonly shift: { readonly x: number; readonly y: number };
  /** Whether it is drawn, and not defined to be used. */
  readonly isDrawn: boolean;
  content: string;
}

const DRAWN: ReadonlySet<string> = new Set(['rect', 'path', 'circle', 'text']);

/** @throws where the document is not well formed */
export function parsed(svg: string): Node[] {
  const nodes: Node[] = [];
  const open: Node[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const own = attributes as Record<string, string>;
    const outer = open.at(-1)?.shift ?? { x: 0, y: 0 };
    const moved = /^translate\(([\d.]+) ([\d.]+)\)$/.exec(own['transform'] ?? '');
    const shift = { x: outer.x + Number(moved?.[1] ?? 0), y: outer.y + Number(moved?.[2] ?? 0) };
    const isDrawn = DRAWN.has(name) && !open.some((one) => one.name === 'defs');
    const node = { name, attributes: own, shift, isDrawn, content: '' };
    nodes.push(node);
    open.push(node);
  });
  parser.on('text', (content) => {
    const node = open.at(-1);
    if (node !== undefined) node.content += content;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(svg).close();
  return nodes;
}
