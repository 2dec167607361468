// Writing SVG: elements, text that cannot break out of its element, short numbers, and how wide a text will be.

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element as text. Numbers are rounded to 2 decimals; attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeText(String(value))}"`,
    )
    .join('');
  const content = children.join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** A line of text in the ink's colour; `y` is its baseline. */
export function text(content: string, x: number, y: number, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(content));
}

/** A number with at most 2 decimals, as short as it can be written. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100 + 0); // + 0 turns -0 into 0
}

/** Text as XML holds it; characters that XML forbids become U+FFFD. */
export function escapeText(content: string): string {
  return content
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/**
 * About how wide a text will be, in pixels. The reader's font is unknown: these are Nanum Gothic's widths, rounded.
 * Korean, Chinese and Japanese characters are nearly as wide as they are high.
 */
export function textWidth(content: string, size: number): number {
  const width = (character: string): number => {
    if (/[\u1100-\u11FF\u2E80-\uFFFF]/.test(character)) return 0.94;
    if (/[ijltfrI .,:;'|!()-]/.test(character)) return 0.34;
    return /[A-Zmw%]/.test(character) ? 0.78 : 0.58;
  };
  return size * Array.from(content, width).reduce((sum, next) => sum + next, 0);
}
