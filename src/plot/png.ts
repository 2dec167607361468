// From SVG to PNG with resvg compiled to WebAssembly and Nanum Gothic from npm: no browser, no system font. Node only.

import { ValueError } from '../errors.js';
import type { Figure } from './figure.js';

/** Options of `toPNG`. */
export interface PNGOptions {
  /** Pixels of the PNG for a pixel of the SVG. Default 2, sharp on high-resolution screens. */
  readonly scale?: number | undefined;
  /** Further fonts (TTF or OTF files) for characters that Nanum Gothic lacks. Default none. */
  readonly fonts?: readonly Uint8Array[] | undefined;
}

const FONT = '@expo-google-fonts/nanum-gothic';

/**
 * Renders a figure or an SVG document, on a light paper, as the bytes of a PNG file. The font, Nanum Gothic, has Latin
 * and Korean but no Greek. Node only. Throws a `ValueError` if the text is not SVG or the scale not above 0.
 *
 * @example
 * const bytes = await toPNG(historyPlot({ loss: [2.2, 1.1] })); // to be written with node:fs
 */
export async function toPNG(
  svg: string | Figure,
  { scale = 2, fonts = [] }: PNGOptions = {},
): Promise<Uint8Array> {
  if (!(Number.isFinite(scale) && scale > 0)) {
    throw new ValueError(`toPNG: scale must be a finite number above 0, got ${scale}`);
  }
  const { Resvg, nanumGothic } = await (loading ??= load());
  const source = withGlyphsOfFont(typeof svg === 'string' ? svg : svg.toSVG());
  try {
    const renderer = new Resvg(source, {
      fitTo: { mode: 'zoom', value: scale },
      font: {
        fontBuffers: [...nanumGothic, ...fonts],
        defaultFontFamily: 'Nanum Gothic',
        sansSerifFamily: 'Nanum Gothic',
      },
    });
    const image = renderer.render();
    const bytes = image.asPng();
    image.free();
    renderer.free();
    return bytes;
  } catch (error) {
    throw new ValueError(
      `toPNG: this is not an SVG document that can be drawn at scale ${scale}: ${String(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** The renderer may be started once in a process, so the first call's promise is kept for all others. */
let loading: ReturnType<typeof load> | undefined;

async function load() {
  const [{ readFile }, { createRequire }, { initWasm, Resvg }] = await Promise.all([
    import('node:fs/promises'),
    import('node:module'),
    import('@resvg/resvg-wasm'),
  ]);
  const { resolve } = createRequire(import.meta.url);
  const [wasm, ...nanumGothic] = await Promise.all([
    readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')),
    readFile(resolve(`${FONT}/400Regular/NanumGothic_400Regular.ttf`)),
    readFile(resolve(`${FONT}/700Bold/NanumGothic_700Bold.ttf`)),
  ]);
  await initWasm(wasm).catch((error: unknown) => {
    if (!/already initialized/i.test(String(error))) throw error; // by another user of the package: as good
  });
  return { Resvg, nanumGothic };
}

/** Nanum Gothic has neither a minus sign nor subscripts: an en dash and small, lowered digits stand in for them. */
function withGlyphsOfFont(svg: string): string {
  const inText = '(?=[^<>]*<)'; // and not in an attribute, which a '>' would follow first
  return svg.replaceAll('−', '–').replace(new RegExp(`[₀-₉]+${inText}`, 'g'), (digits) => {
    const plain = Array.from(digits, (digit) => digit.charCodeAt(0) - '₀'.charCodeAt(0)).join('');
    return `<tspan baseline-shift="sub" font-size="0.7em">${plain}</tspan>`;
  });
}
