// chainrule/plot: charts as SVG text and PNG bytes, without a DOM, a browser or a system font.

export { contourLine, filledContours, type Grid } from './contours.js';
export { decisionBoundary, type BoundaryLabels, type DecisionBoundaryOptions } from './decision-boundary.js';
export { figure, type Figure, type FigureOptions } from './figure.js';
export { historyPlot, type HistoryLabels, type HistoryPlotOptions, type RunHistory } from './history-plot.js';
export type { Frame, LineOptions, Mark, MarkOptions } from './mark.js';
export { dots, line, rule, type DotSymbol, type Points } from './marks.js';
export type { Panel } from './panel.js';
export { toPNG, type PNGOptions } from './png.js';
export { PALETTE } from './theme.js';
