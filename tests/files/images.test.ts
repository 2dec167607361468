import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { FormatError, readImage, resizeImage, writePng } from '../../src/files/index.js';
import { crc32 } from '../../src/files/inflate.js';
import { RandomState, tensor } from '../../src/index.js';
import { bytesOf, fixtures } from './fixtures.js';

describe('PNG', () => {
  for (const { name, bytes, shape, values } of fixtures.pictures) {
    test(`reads what Pillow wrote: ${name}`, async () => {
      const picture = await readImage(bytesOf(bytes), { raw: true });
      expect(picture.shape).toEqual(shape);
      expect(Array.from(picture.data)).toEqual(values);
    });
  }

  test('interlaced pictures are the same as others', async () => {
    const random = new RandomState(0);
    for (const [channels, depth] of [
      [1, 8],
      [3, 8],
      [4, 16],
    ] as const) {
      const values = random.randint(0, 2 ** depth, [11 * 13 * channels]).data;
      const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
      const png = encode({ width: 13, height: 11, channels, depth, data }, { interlace: 'Adam7' });
      expect((await readImage(png, { raw: true })).data).toEqual(values);
    }
  });

  test('numbers are from 0 to 1, and come back from what was written', async () => {
    const picture = tensor([
      [[0], [1]],
      [[51 / 255], [102 / 255]],
    ]);
    expect((await readImage(await writePng(picture))).toArray()).toEqual(picture.toArray());
  });

  test('grey, colour and opacity are made of one another as Pillow does it', async () => {
    const rgb = bytesOf(fixtures.pictures.find(({ name }) => name === 'RGB')!.bytes);
    expect(Array.from((await readImage(rgb, { channels: 1, raw: true })).data)).toEqual(fixtures.luma);
    expect(
      (await readImage(rgb, { channels: 4 })).data.filter((_, i) => i % 4 === 3).every((a) => a === 1),
    ).toBe(true);
    const grey = await writePng([[[0.2]]]);
    expect((await readImage(grey, { channels: 3 })).toArray()).toEqual([[[0.2, 0.2, 0.2]]]);
    const greyOpacity = await writePng([[[0.2, 0.6]]]);
    expect((await readImage(greyOpacity, { channels: 4 })).toArray()).toEqual([[[0.2, 0.2, 0.2, 0.6]]]);
  });

  test('errors come before anything is unfolded', async () => {
    const png = await writePng([[[0.2]]]);
    const large = png.slice();
    const view = new DataView(large.buffer);
    view.setUint32(16, 100_000);
    view.setUint32(20, 100_000);
    await expect(readImage(large)).rejects.toThrow('the checksum of IHDR differs');
    view.setUint32(29, crc32(large.subarray(12, 29)));
    await expect(readImage(large)).rejects.toThrow(
      'a picture of 100000 by 100000 pixels, expected at least one and at most 16777216',
    );
    view.setUint32(16, 4000);
    view.setUint32(20, 4000);
    view.setUint32(29, crc32(large.subarray(12, 29)));
    await expect(readImage(large)).rejects.toThrow('take 16004000 bytes, the file has 2');
    await expect(readImage(png.subarray(0, -8))).rejects.toThrow('cut short');
    await expect(readImage(new Uint8Array(0))).rejects.toThrow('expected a PNG or JPEG file, got nothing');
    await expect(readImage(Uint8Array.of(0x47, 0x49, 0x46, 0x38))).rejects.toThrow(
      'got one that begins with 47 49 46 38',
    );
  });

  test('a bomb does not go off', async () => {
    const zeros = encode({
      width: 6000,
      height: 6000,
      channels: 1,
      depth: 8,
      data: new Uint8Array(36_000_000),
    }).slice();
    const view = new DataView(zeros.buffer);
    view.setUint32(16, 10);
    view.setUint32(20, 10); // says 100 pixels, unfolds to 36 million
    view.setUint32(29, crc32(zeros.subarray(12, 29)));
    await expect(readImage(zeros)).rejects.toThrow('unfolds to more than the 110 bytes expected');
  });
});

describe('JPEG', () => {
  for (const { name, bytes, shape, values } of fixtures.jpegs) {
    test(`reads what Pillow wrote: ${name}`, async () => {
      const picture = await readImage(bytesOf(bytes), { raw: true });
      expect(picture.shape).toEqual(shape);
      const differences = Array.from(picture.data, (value, i) => Math.abs(value - Number(values[i])));
      // Decoders round in different ways, and blow up subsampled colours in different ways.
      const [most, mean] = name === 'subsampled' || name === 'progressive' ? [24, 3] : [4, 1];
      expect(Math.max(...differences)).toBeLessThanOrEqual(most);
      expect(differences.reduce((a, b) => a + b) / differences.length).toBeLessThan(mean);
    });
  }

  test('errors', async () => {
    const jpeg = bytesOf(fixtures.jpegs[0]!.bytes);
    const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
    const large = jpeg.slice().fill(0xff, frame + 5, frame + 9);
    await expect(readImage(large)).rejects.toThrow('a picture of 65535 by 65535 pixels');
    await expect(readImage(large, { maxPixels: 2 ** 40 })).rejects.toThrow('cannot come out of');
    await expect(readImage(jpeg.subarray(0, -2))).rejects.toThrow('cut short');
    await expect(readImage(jpeg.slice().fill(0xc9, frame + 1, frame + 2))).rejects.toThrow(
      'arithmetic coding',
    );
    await expect(readImage(jpeg.subarray(0, 2))).rejects.toThrow(FormatError);
  });
});

describe('resizeImage', () => {
  for (const { size, values } of fixtures.resize.results) {
    test(`to ${size.join(' by ')} gives Pillow's numbers`, () => {
      const source = tensor(Float64Array.from(fixtures.resize.values), { shape: fixtures.resize.shape });
      const result = resizeImage(source, size);
      expect(result.shape).toEqual([...size, 1]);
      // Pillow's are float32.
      Array.from(result.data).forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 5));
    });
  }
});
