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

/** A size, the space that stays free between boxes, and the breadth of the passage of an arrow through their row. */
export interface Measure {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly passage: number;
}

/** A graph with a place for everything. */
export interface Plan {
  readonly places: ReadonlyMap<string, Place>;
  /** For each arrow, the middle of its passage through every layer between its ends. */
  readonly passages: ReadonlyMap<Arrow, readonly Place[]>;
  readonly width: number;
  readonly height: number;
  /** Whether layers go from left to right, not from top to bottom. */
  readonly across: boolean;
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
 * those it uses, and an arrow that goes on to a later layer has a passage among the boxes.
 */
export function layOut({ boxes, arrows }: Graph, width: number, size: Measure): Plan {
  const layers = layersOf(boxes, arrows);
  const count = layers.length;
  const least = count * size.width + (count - 1) * size.gap;
  const across = least <= width;
  // Across, spare width widens the gaps, to a limit.
  const along = across
    ? size.width + Math.min((width - count * size.width) / Math.max(1, count - 1), size.gap * 4)
    : size.height + 2 * size.gap;
  const [depth, breadth] = across ? [size.width, size.height] : [size.height, size.width];
  const breadthOf = ({ arrow }: Seat): number => (arrow ? size.passage : breadth);
  const between = size.gap / 2;
  const total = (layer: readonly Seat[]): number =>
    layer.reduce((sum, seat) => sum + breadthOf(seat) + between, -between);
  const widest = Math.max(...layers.map(total));

  const places = new Map<string, Place>();
  const passages = new Map<Arrow, Place[]>(arrows.map((arrow) => [arrow, []]));
  layers.forEach((layer, i) => {
    let cross = (widest - total(layer)) / 2;
    for (const seat of layer) {
      const main = i * along + (seat.arrow ? depth / 2 : 0);
      const side = cross + (seat.arrow ? size.passage / 2 : 0);
      const place = across ? { x: main, y: side } : { x: side, y: main };
      if (seat.arrow) passages.get(seat.arrow)!.push(place);
      else places.set(seat.name, place);
      cross += breadthOf(seat) + between;
    }
  });
  const length = (count - 1) * along + depth;
  return { places, passages, across, width: across ? length : widest, height: across ? widest : length };
}

/**
 * The points of an arrow, from its first box to its last, `aside` to the left of the middle: from one to the next by turns
 * through a gap and straight through a passage.
 */
export function pointsOf(arrow: Arrow, plan: Plan, size: Measure, aside: number): Place[] {
  const { across, places, passages } = plan;
  const [half, distance] = [across ? size.width / 2 : size.height / 2, 2]; // pixels between arrow and box
  const middleOf = ({ x, y }: Place): Place => ({ x: x + size.width / 2, y: y + size.height / 2 });
  const beside = ({ x, y }: Place, along: number): Place =>
    across ? { x: x + along, y: y - aside } : { x: x + aside, y: y + along };
  const [from, to] = [arrow.from, arrow.to].map((name) => middleOf(places.get(name)!));
  return [
    beside(from!, half + distance),
    ...passages.get(arrow)!.flatMap((middle) => [beside(middle, -half), beside(middle, half)]),
    beside(to!, -half - distance),
  ];
}

/** Room in a layer: for a box, or for an arrow that passes. */
interface Seat {
  readonly name: string;
  readonly arrow: Arrow | null;
  /** What it is next to in the layer before. */
  readonly before: readonly string[];
}

/** The seats of every layer, each as near as it can be to those that it comes from. */
function layersOf(boxes: readonly Box[], arrows: readonly Arrow[]): Seat[][] {
  const layerOf = new Map(boxes.map(({ name, layer }) => [name, layer]));
  const layers = Array.from({ length: 1 + Math.max(...layerOf.values()) }, (): Seat[] => []);
  /** The seat of an arrow in a layer that it passes; in the layer that it starts from, its box. */
  const seatOf = (arrow: Arrow, layer: number): string =>
    layer === layerOf.get(arrow.from) ? arrow.from : `${arrow.from} to ${arrow.to}, ${layer}`;
  for (const { name, layer } of boxes) {
    const before = arrows.filter(({ to }) => to === name).map((arrow) => seatOf(arrow, layer - 1));
    layers[layer]!.push({ name, arrow: null, before });
  }
  for (const arrow of arrows) {
    for (let layer = layerOf.get(arrow.from)! + 1; layer < layerOf.get(arrow.to)!; layer++) {
      layers[layer]!.push({ name: seatOf(arrow, layer), arrow, before: [seatOf(arrow, layer - 1)] });
    }
  }
  order(layers);
  return layers;
}

/** Sorts every layer, from the second on, by the mean position of what its seats come from. */
function order(layers: Seat[][]): void {
  const position = new Map<string, number>();
  for (const layer of layers) {
    const weight = ({ before }: Seat): number =>
      before.reduce((sum, name) => sum + (position.get(name) ?? 0), 0) / Math.max(1, before.length);
    const weights = new Map(layer.map((seat) => [seat, weight(seat)]));
    layer.sort((left, right) => weights.get(left)! - weights.get(right)!);
    layer.forEach(({ name }, i) => position.set(name, i - (layer.length - 1) / 2));
  }
}
