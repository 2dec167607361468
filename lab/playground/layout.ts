// Where the neurons of a network stand: a column a layer, inputs first, each column in the middle of the height.

/** The size of a neuron's picture, the gap below it, and the least and most width of a column, in pixels. */
export const SIZES = { tile: 42, gap: 12, least: 104, most: 190 } as const;

/** Where a neuron stands: its upper left corner, its column (0 for the inputs) and its place in it. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly column: number;
  readonly place: number;
}

/** A connection between two neurons of neighbouring columns, numbered as the weights are. */
export interface Connection {
  readonly from: Spot;
  readonly to: Spot;
  /** SVG path data. */
  readonly path: string;
  /** The place of its weight among all numbers of the network. */
  readonly index: number;
}

/** A network laid out. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Column by column. */
  readonly spots: readonly Spot[];
  readonly connections: readonly Connection[];
  /** The left edge of each column's picture. */
  readonly columns: readonly number[];
}

/** Lays out columns of such widths in a room; where the room is too narrow, it becomes wider than that. */
export function layOut(widths: readonly number[], room: number): Layout {
  const { tile, gap, least, most } = SIZES;
  const gaps = widths.length - 1;
  const pitch = Math.min(most, Math.max(least, (room - tile) / Math.max(1, gaps)));
  const highest = Math.max(...widths);
  const height = highest * (tile + gap) - gap;
  // What is left of the room goes to both sides.
  const left = Math.max(0, (room - tile - pitch * gaps) / 2);
  const columns = widths.map((_, column) => left + column * pitch);
  const spots = widths.flatMap((count, column) => {
    const top = (height - (count * (tile + gap) - gap)) / 2;
    return Array.from({ length: count }, (_, place): Spot => {
      return { x: columns[column]!, y: top + place * (tile + gap), column, place };
    });
  });
  const at = (column: number, place: number): Spot =>
    spots.find((spot) => spot.column === column && spot.place === place)!;

  const connections: Connection[] = [];
  let index = 0;
  for (let column = 1; column < widths.length; column++) {
    const inputs = widths[column - 1]!;
    for (let unit = 0; unit < widths[column]!; unit++) {
      for (let input = 0; input < inputs; input++) {
        const [from, to] = [at(column - 1, input), at(column, unit)];
        connections.push({ from, to, path: curve(from, to), index: index + unit * inputs + input });
      }
    }
    index += widths[column]! * (inputs + 1);
  }
  return { width: Math.max(room, left * 2 + tile + pitch * gaps), height, spots, connections, columns };
}

/** From the right edge of one to the left edge of the other, level at both ends. */
function curve(from: Spot, to: Spot): string {
  const { tile } = SIZES;
  const [x1, y1, x2, y2] = [from.x + tile, from.y + tile / 2, to.x, to.y + tile / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

/** The neuron next to one in a direction of the arrow keys; itself at the edge. */
export function neighbour(
  widths: readonly number[],
  { column, place }: Pick<Spot, 'column' | 'place'>,
  key: string,
): {
  readonly column: number;
  readonly place: number;
} {
  const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
    key
  ] ?? [0, 0];
  const next = Math.min(widths.length - 1, Math.max(0, column + right!));
  // A column of another height is entered at the same part of it.
  const level = right === 0 ? place : Math.round(((place + 0.5) / widths[column]!) * widths[next]! - 0.5);
  return { column: next, place: Math.min(widths[next]! - 1, Math.max(0, level + down!)) };
}
