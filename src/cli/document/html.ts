// A document as one HTML page that needs nothing else: no script, no font, no image file; light and dark; for phones too.

import type { Language } from '../texts/index.js';
import { numericColumns, type Block } from './block.js';
import type { Excerpt } from './excerpt.js';

/** What a page consists of. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly intro: string;
  readonly blocks: readonly Block[];
}

const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1f2328; --soft: #59636e; --line: #d8dee4; --code: #f3f5f7; --mark: #0072b2; --wrong: #b3261e; --doubt: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15191f; --ink: #e6e8eb; --soft: #9aa4af; --line: #313842; --code: #20262e; --mark: #56b4e9; --wrong: #ff8a80; --doubt: #f0b95b; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.65 system-ui, 'Segoe UI', 'Apple SD Gothic Neo', 'Noto Sans KR', 'Nanum Gothic', sans-serif; }
main { max-width: 46rem; margin: 0 auto; }
:lang(ko) { word-break: keep-all; overflow-wrap: break-word; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.01em; }
h2 { font-size: 1.45rem; line-height: 1.3; margin: 4rem 0 .75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.0625rem; margin: 2rem 0 .5rem; }
p, ul { margin: 0 0 1rem; }
.intro { color: var(--soft); font-size: 1.125rem; }
nav ul { list-style: none; padding: 0; }
a { color: var(--mark); }
code, pre { font: .92em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--code); border-radius: .3em; }
code { padding: .1em .35em; }
code.short { white-space: nowrap; }
pre { padding: .8rem 1rem; overflow-x: auto; margin: 0 0 1rem; }
.wide { overflow-x: auto; margin: 0 0 1rem; }
table { border-collapse: collapse; font-size: .95rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--soft); font-weight: 600; }
td.n, th.n { text-align: right; }
td.n + td:not(.n), th.n + th:not(.n) { padding-left: .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.notice { border-left: 3px solid var(--mark); padding: .1rem 0 .1rem 1.1rem; margin: 1.75rem 0; }
.notice h3 { margin: 0 0 .4rem; }
.notice ul { padding-left: 1.1rem; margin: 0; }
.notice li + li { margin-top: .4rem; }
figure { margin: 1.75rem 0; }
figure .wide { margin: 0; }
figcaption { color: var(--soft); font-size: .95rem; margin-top: .4rem; }
/* On a phone a broad figure scrolls sideways rather than shrink until nobody can read it. */
figure .wide > svg { display: block; max-width: 100%; height: auto; }
figure.broad .wide > svg { min-width: 34rem; }
@media (min-width: 66rem) { figure.broad { margin-left: -8rem; margin-right: -8rem; } figure.broad figcaption { margin-left: 8rem; } }
.excerpt figcaption { font: .85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; margin: 0 0 .35rem; }
.excerpt pre { padding: .7rem 0; margin: 0; border-left: 3px solid var(--tone); border-radius: 0 .3em .3em 0; }
.excerpt .line::before { content: attr(data-line); display: inline-block; width: 3.2em; padding-right: 1em; text-align: right; color: var(--soft); user-select: none; }
.excerpt mark { background: color-mix(in srgb, var(--tone) 18%, transparent); color: inherit; text-decoration: underline wavy var(--tone); text-underline-offset: .25em; text-decoration-skip-ink: none; }
.excerpt .note { color: var(--tone); font-variant-numeric: tabular-nums; margin: .4rem 0 0; }
.excerpt.error { --tone: var(--wrong); }
.excerpt.warning { --tone: var(--doubt); }
.excerpt.note { --tone: var(--mark); }
@media print { h2 { break-before: page; } figure, table { break-inside: avoid; } }
`;

/**
 * The page as text. Titles of blocks become its sections.
 *
 * @example
 * toHTML({ language: 'en', title: 'Training', intro: '', blocks: [{ kind: 'text', text: 'Loss and `accuracy`.' }] });
 */
export function toHTML({ language, title, intro, blocks }: Page): string {
  const titles = blocks.filter((block) => block.kind === 'title').map((block) => block.text);
  const links = titles.map((text, i) => `<li><a href="#part-${i + 1}">${inline(text)}</a></li>`);
  let part = 0;
  const body = blocks.map((block) =>
    block.kind === 'title' ? `<h2 id="part-${++part}">${inline(block.text)}</h2>` : element(block),
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${inline(title)}</h1>
${intro === '' ? '' : `<p class="intro">${inline(intro)}</p>`}
${links.length > 1 ? `<nav><ul>${links.join('')}</ul></nav>` : ''}
${body.join('\n')}
</main>
</body>
</html>
`;
}

function element(block: Exclude<Block, { kind: 'title' }>): string {
  switch (block.kind) {
    case 'heading':
      return `<h3>${inline(block.text)}</h3>`;
    case 'text':
      return `<p>${inline(block.text)}</p>`;
    case 'code':
      return `<pre>${block.lines.map(escape).join('\n')}</pre>`;
    case 'table':
      return table(block.head, block.rows);
    case 'facts':
      return `<dl>${block.facts
        .map(([name, value]) => `<dt>${inline(name)}</dt><dd>${inline(value)}</dd>`)
        .join('')}</dl>`;
    case 'excerpt':
      return excerpt(block);
    case 'list':
      return `<section class="notice"><h3>${inline(block.heading)}</h3><ul>${block.items
        .map((item) => `<li>${inline(item)}</li>`)
        .join('')}</ul></section>`;
    case 'figure': {
      const broad = block.figure.width > 800 ? ' class="broad"' : '';
      return `<figure${broad}><div class="wide">${block.figure.toSVG()}</div><figcaption>${inline(block.caption)}</figcaption></figure>`;
    }
  }
}

/** The lines with their numbers, the part that it is about marked, and the note below. */
function excerpt({ source, firstLine, lines, mark, note, tone }: Excerpt): string {
  const rows = lines.map((line, i) => {
    const number = firstLine + i;
    const isMarked = number >= mark.line && number <= mark.endLine;
    const from = number === mark.line ? mark.column - 1 : line.length - line.trimStart().length;
    const to = number === mark.endLine ? mark.endColumn - 1 : line.length;
    const text = isMarked
      ? `${escape(line.slice(0, from))}<mark>${escape(line.slice(from, to))}</mark>${escape(line.slice(to))}`
      : escape(line);
    return `<span class="line" data-line="${number}">${text}</span>`;
  });
  return (
    `<figure class="excerpt ${tone}"><figcaption>${escape(source)}</figcaption><pre>${rows.join('\n')}</pre>` +
    `${note === '' ? '' : `<p class="note">${inline(note)}</p>`}</figure>`
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const kinds = numericColumns(rows).map((isNumber) => (isNumber ? ' class="n"' : ''));
  const cells = (tag: string, row: readonly string[], attributes = ''): string =>
    row.map((cell, i) => `<${tag}${attributes}${kinds[i]}>${inline(cell)}</${tag}>`).join('');
  return (
    `<div class="wide"><table><thead><tr>${cells('th', head, ' scope="col"')}</tr></thead>` +
    `<tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}</tbody></table></div>`
  );
}

/** Text with its code set as code; short code stays on one line. */
function inline(text: string): string {
  return escape(text).replace(/`([^`]*)`/g, (_, code: string) =>
    code.length <= LONGEST_UNBROKEN ? `<code class="short">${code}</code>` : `<code>${code}</code>`,
  );
}

const LONGEST_UNBROKEN = 24;

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
