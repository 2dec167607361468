// A derivation as boxes and arrows: which box stands in which layer, and where on the page.

import type { Derivation, Quantity, Step } from '../../../src/index.js';

/** A value that is computed, or a variable that it begins with. */
export interface Box {
  readonly name: string;
  readonly quantity: Quantity;
  /** How it was computed; null for a variable. */
  readonly step: Step | null;
  /** How many steps from the variables, 0 for a variable itself. */
  readonly layer: number;
}

/** One box uses another: forward along it goes a value, backward a product. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** The boxes in forward order. */
export interface Graph {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Where a box stands: its upper left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A size, and the space that stays free between boxes. */
export interface Measure {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
}

/** The boxes and arrows of a derivation. A variable stands just before the first step that uses it. */
export function graphOf({ leaves, steps }: Derivation): Graph {
  const layers = new Map<string, number>();
  const known = new Set([...leaves, ...steps].map(({ name }) => name));
  const uses = (step: Step): string[] => [
    ...new Set(step.inputs.map(({ name }) => name).filter((name) => known.has(name))),
  ];

  for (const step of steps) {
    layers.set(step.name, 1 + Math.max(0, ...uses(step).map((name) => layers.get(name) ?? 0)));
  }
  for (const leaf of leaves) {
    const users = steps.filter((step) => uses(step).includes(leaf.name));
    layers.set(leaf.name, Math.min(...users.map((step) => layers.get(step.name)!)) - 1);
  }
  const box = (quantity: Quantity, step: Step | null): Box => {
    return { name: quantity.name, quantity, step, layer: layers.get(quantity.name)! };
  };
  return {
    boxes: [...leaves.map((leaf) => box(leaf, null)), ...steps.map((step) => box(step, step))],
    arrows: steps.flatMap((step) => uses(step).map((from) => ({ from, to: step.name }))),
  };
}

/**
 * Places for boxes: layers left to right where they fit into `width`, else top to bottom. Within a layer each box goes next to
 * those it uses.
 */
export function layOut(
  { boxes, arrows }: Graph,
  width: number,
  size: Measure,
): {
  readonly places: ReadonlyMap<string, Place>;
  readonly width: number;
  readonly height: number;
  readonly across: boolean;
} {
  const count = 1 + Math.max(...boxes.map(({ layer }) => layer));
  const layers = Array.from({ length: count }, (_, layer) => boxes.filter((box) => box.layer === layer));
  order(layers, arrows);

  const least = count * size.width + (count - 1) * size.gap;
  const across = least <= width;
  const widest = Math.max(...layers.map(({ length }) => length));
  // Across, spare width widens the gaps, to a limit.
  const along = across
    ? size.width + Math.min((width - count * size.width) / Math.max(1, count - 1), size.gap * 4)
    : size.height + 2 * size.gap;
  const aside = across ? size.height + size.gap / 2 : size.width + size.gap / 2;
  const breadth = widest * aside - size.gap / 2;

  const places = new Map<string, Place>();
  layers.forEach((layer, i) => {
    const first = (breadth - (layer.length * aside - size.gap / 2)) / 2;
    layer.forEach(({ name }, j) => {
      const [main, cross] = [i * along, first + j * aside];
      places.set(name, across ? { x: main, y: cross } : { x: cross, y: main });
    });
  });
  const length = (count - 1) * along + (across ? size.width : size.height);
  return { places, across, width: across ? length : breadth, height: across ? breadth : length };
}

/** Sorts every layer, from the second on, by the mean position of what its boxes use. */
function order(layers: Box[][], arrows: readonly Arrow[]): void {
  const position = new Map<string, number>();
  const note = (layer: readonly Box[]): void =>
    layer.forEach(({ name }, i) => position.set(name, i - (layer.length - 1) / 2));
  layers.forEach((layer) => {
    const weight = ({ name }: Box): number => {
      const sources = arrows.filter(({ to, from }) => to === name && position.has(from));
      if (sources.length === 0) return 0;
      return sources.reduce((sum, { from }) => sum + position.get(from)!, 0) / sources.length;
    };
    const weights = new Map(layer.map((box) => [box, weight(box)]));
    layer.sort((left, right) => weights.get(left)! - weights.get(right)!);
    note(layer);
  });
}
