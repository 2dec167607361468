import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/errors.js';
import { figure, historyPlot, line, toPNG } from '../../src/plot/index.js';

const svgOf = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><text x="5" y="30" font-size="24">${content}</text></svg>`;

/** The picture of a text, as base64: equal for equal pixels. */
const picture = async (content: string) => Buffer.from(await toPNG(svgOf(content))).toString('base64');

describe('a PNG', () => {
  test.each([
    [undefined, 2000, 1000],
    [1, 1000, 500],
    [0.5, 500, 250],
  ])(
    // prettier-ignore
    'at scale %s of a figure of 1000 × 500 is a PNG file of %i × %i',
    async (scale, width, height) => {
      const bytes = await toPNG(historyPlot({ loss: [2, 1], accuracy: [0.5, 1] }), { scale });
      expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      const header = new DataView(bytes.buffer, bytes.byteOffset);
      expect([header.getUint32(16), header.getUint32(20)]).toEqual([width, height]);
    },
  );

  test('is the same bytes for the same figure, given as a figure or as its SVG', async () => {
    const chart = figure({ panels: [{ title: 'Loss', marks: [line([2, 1, 0.5])] }] });
    expect(await toPNG(chart)).toEqual(await toPNG(chart.toSVG()));
  });

  test('is on light paper: the rules for dark pages play no part in it', async () => {
    const svg = figure({ panels: [{ title: 'Loss', marks: [line([2, 1, 0.5])] }] }).toSVG();
    const plain = svg.replace(/<style>.*<\/style>/s, '');
    expect(plain).not.toBe(svg);
    expect(await toPNG(svg)).toEqual(await toPNG(plain));
  });

  // A character without a glyph is drawn as nothing or as one box for all, so different pictures mean real glyphs.
  test.each([
    ['Korean', ['가', '나', '손', '실', '훈', '련']],
    ['Latin letters and digits', ['a', 'b', 'A', '0', '1', '%']],
    ['subscripts', ['₀', '₁', '₂', '₉', '1']],
    ['signs', ['−', '+', '∂', '→', '≤', '×', '·']],
  ])('shows %s, each character as its own', async (_, characters) => {
    const missing = ['', '\uE000'];
    const pictures = await Promise.all([...missing, ...characters].map(picture));
    expect(new Set(pictures.slice(missing.length)).size).toBe(characters.length);
    for (const blank of pictures.slice(0, missing.length)) {
      expect(pictures.slice(missing.length)).not.toContain(blank);
    }
  });

  test('shows titles in bold', async () => {
    expect(await picture('<tspan font-weight="bold">손실</tspan>')).not.toBe(await picture('손실'));
  });

  test('lowers a subscript wherever it stands in a text, and leaves attributes alone', async () => {
    const sub = (digit: number) => `<tspan baseline-shift="sub" font-size="0.7em">${digit}</tspan>`;
    expect(await picture('x₁ <tspan>b₂</tspan>')).toBe(await picture(`x${sub(1)} <tspan>b${sub(2)}</tspan>`));
    expect(await picture('<tspan class="x₁">a</tspan>')).toBe(await picture('<tspan>a</tspan>'));
  });

  test.each([['no text'], ['<svg'], ['<html></html>']])('of %j is an error that says so', async (text) => {
    await expect(toPNG(text)).rejects.toThrow(ValueError);
    await expect(toPNG(text)).rejects.toThrow(/not an SVG document/);
  });

  test.each([[0], [-1], [NaN], [Infinity]])('at scale %d is an error that says so', async (scale) => {
    await expect(toPNG(svgOf('a'), { scale })).rejects.toThrow(`above 0, got ${scale}`);
  });
});
