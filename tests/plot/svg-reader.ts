// Reads an SVG as a strict XML parser would, so that tests speak of elements and pixels instead of text.

import { expect } from 'vitest';

export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  /** Own text and that of all descendants. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The document's root. Throws for anything that is not well-formed. */
export function parse(svg: string): Node {
  type Open = { name: string; attributes: Record<string, string>; children: Node[]; text: string };
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  const token = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < svg.length) {
    const start = token.lastIndex;
    const match = token.exec(svg);
    if (!match) throw new Error(`not well-formed at ${start}: ${svg.slice(start, start + 60)}`);
    const [, closing, name = '', attributes = '', selfClosing, text] = match;
    const top = stack.at(-1)!;
    if (text !== undefined) {
      top.text += unescape(text);
    } else if (closing) {
      if (top.name !== name || attributes) throw new Error(`<${top.name}> is closed by </${name}>`);
      stack.pop();
      stack.at(-1)!.text += top.text;
    } else {
      const node: Open = { name, attributes: {}, children: [], text: '' };
      for (const [, key = '', value = ''] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
        if (key in node.attributes) throw new Error(`<${name}> has ${key} twice`);
        node.attributes[key] = unescape(value);
      }
      top.children.push(node);
      if (!selfClosing) stack.push(node);
    }
  }
  if (stack.length > 1) throw new Error(`<${stack.at(-1)!.name}> is not closed`);
  expect(root.children).toHaveLength(1);
  return root.children[0]!;
}

function unescape(text: string): string {
  if (/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/.test(text)) throw new Error('a character that XML forbids');
  return text.replace(/&([^;\s]*;)?/g, (whole, entity?: string) => {
    const character = ENTITIES[entity?.slice(0, -1) ?? ''];
    if (character === undefined) throw new Error(`not an entity: ${whole}`);
    return character;
  });
}

/** All elements below a node for which the test holds, in document order. */
export function all(node: Node, test: (node: Node) => boolean): Node[] {
  return node.children.flatMap((child) => [...(test(child) ? [child] : []), ...all(child, test)]);
}

/** All elements of a class. */
export function byClass(node: Node, name: string): Node[] {
  return all(node, ({ attributes }) => attributes.class === name);
}

/** The vertices of a path of straight lines, as one list for each `M`. */
export function vertices(path: Node): [number, number][][] {
  return path.attributes
    .d!.split('M')
    .slice(1)
    .map((part) =>
      part
        .replace(/Z$/, '')
        .split('L')
        .map((pair) => {
          const [x = NaN, y = NaN] = pair.split(',').map(Number);
          return [x, y];
        }),
    );
}

/** The labelled places of a panel's axes, in pixels: what a reader goes by. */
export function ticks(panel: Node): { x: Map<string, number>; y: Map<string, number> } {
  const labels = byClass(panel, 'ticks')[0]!.children;
  const along = (anchor: string, read: (attributes: Node['attributes']) => number) =>
    new Map(
      labels
        .filter(({ attributes }) => attributes['text-anchor'] === anchor)
        .map(({ text, attributes }) => [text, read(attributes)]),
    );
  return {
    x: along('middle', ({ x }) => Number(x)),
    y: along('end', ({ y }) => Number(y) - 5), // a label's baseline is 5 pixels below the middle of its digits
  };
}

/** From pixels back to data, by two labels of each axis. */
export function reader(panel: Node): (pixel: readonly [number, number]) => [number, number] {
  const { x, y } = ticks(panel);
  const inverse = (places: Map<string, number>) => {
    const known = [...places].map(([label, pixel]) => [Number(label.replace('−', '-')), pixel] as const);
    const [[v0, p0], [v1, p1]] = [known[0]!, known.at(-1)!];
    return (pixel: number) => v0 + ((pixel - p0) / (p1 - p0)) * (v1 - v0);
  };
  const [toX, toY] = [inverse(x), inverse(y)];
  return ([px, py]) => [toX(px), toY(py)];
}
