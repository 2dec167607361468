// The rents of an invented town, by a formula and chance: where flats.csv comes from.

import { RandomState } from '../../src/index.js';

const DISTRICTS = { 'Old Town': 17, Harbour: 15, 'Hills, east': 13, Station: 11 }; // rent of a square metre

/**
 * The table as CSV. Size and district give a price; a floor without a lift lowers it, one with a lift raises it; a renewed
 * flat costs more, and more so an old one. No straight line through the columns is all of that. The year is sometimes missing.
 *
 * @example
 * flatsCsv(3).split('\n')[0]; // 'size,rooms,district,floor,lift,year,renewed,rent'
 */
export function flatsCsv(count: number): string {
  const random = new RandomState(0);
  const rows = Array.from({ length: count }, () => {
    const size = random.randint(22, 141);
    const rooms = Math.max(1, Math.min(6, Math.round(size / 27 + random.normal(0, 0.6))));
    const [district, price] = Object.entries(DISTRICTS)[random.randint(4)]!;
    const [floor, lift, renewed] = [random.randint(0, 8), random.randint(2) === 1, random.randint(3) === 0];
    const year = random.randint(1890, 2021);
    const byFloor = floor * (lift ? 0.025 : -0.03);
    const byAge = renewed ? 0.1 + (2020 - year) / 1000 : (year - 1990) / 1000;
    const rent = size * price * (1 + byFloor + byAge) + random.normal(0, 40);
    return [
      ...[size, rooms, district.includes(',') ? `"${district}"` : district, floor, lift ? 'yes' : 'no'],
      ...[random.randint(12) === 0 ? '' : year, renewed ? 'yes' : 'no', Math.round(rent)],
    ].join(',');
  });
  return ['size,rooms,district,floor,lift,year,renewed,rent', ...rows, ''].join('\n');
}
