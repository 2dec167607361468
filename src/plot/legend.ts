// The head of a panel: its title, and the legend beside it if there is room, else in rows below.

import { element, text, textWidth } from './svg.js';
import { SIZE } from './theme.js';

/** A name in the legend and the sample that goes with it. */
export interface Key {
  readonly label: string;
  readonly draw: (x: number, y: number) => string;
}

/** A laid out head: its height in pixels, and its SVG at a place. */
export interface Head {
  readonly height: number;
  readonly draw: (left: number, top: number) => string;
}

const ROW = 26;
const SAMPLE = 32; // the sample's box and the space between it and its name
const BETWEEN = 20;

/** Lays out title and legend in a given width. Without either, the head has no height. */
export function layoutHead(title: string | undefined, keys: readonly Key[], width: number): Head {
  const titleWidth = title === undefined ? 0 : textWidth(title, SIZE.title) * 1.08 + 2 * BETWEEN; // bold is wider
  const legend = intoRows(keys, width);
  const beside = legend.length === 1 && titleWidth + legend[0]!.width <= width;
  const legendRow = beside || title === undefined ? 0 : 1;
  const height = ROW * Math.max(title === undefined ? 0 : 1, legendRow + legend.length);
  return {
    height: height === 0 ? 0 : height + 6,
    draw: (left, top) => {
      const titleText =
        title === undefined
          ? ''
          : text(title, left, top + 17, { 'font-size': SIZE.title, 'font-weight': 'bold' });
      const rows = legend.map((row, i) => {
        const start = beside ? left + width - row.width : left;
        return row.keys.map(({ key, offset }) => {
          const middle = top + (legendRow + i) * ROW + 12;
          return key.draw(start + offset + 12, middle) + text(key.label, start + offset + SAMPLE, middle + 5);
        });
      });
      return titleText + (rows.length === 0 ? '' : element('g', { class: 'legend' }, ...rows.flat()));
    },
  };
}

interface Row {
  readonly width: number;
  readonly keys: readonly { readonly key: Key; readonly offset: number }[];
}

function intoRows(keys: readonly Key[], width: number): Row[] {
  const rows: Row[] = [];
  for (const key of keys) {
    const needed = SAMPLE + textWidth(key.label, SIZE.text);
    const row = rows.at(-1);
    if (row && row.width + BETWEEN + needed <= width) {
      const offset = row.width + BETWEEN;
      rows[rows.length - 1] = { width: offset + needed, keys: [...row.keys, { key, offset }] };
    } else {
      rows.push({ width: needed, keys: [{ key, offset: 0 }] });
    }
  }
  return rows;
}
