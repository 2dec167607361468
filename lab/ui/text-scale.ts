// How large text is: what is laid out in pixels around text grows with it.

/**
 * The size of the page's text against that of most pages, 16 px: larger on a projector, and for a reader who has set it so.
 *
 * @example
 * const width = 136 * textScale(); // a box for a short formula
 */
export function textScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}
