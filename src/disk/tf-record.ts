// TFRecord, the container of TensorBoard's event files: each record is its length (8 bytes), the length's checksum, the bytes,
// their checksum, all little-endian. Source: tensorflow.org/tutorials/load_data/tfrecord.

/**
 * @internal One record.
 *
 * @example
 * tfRecord(Uint8Array.of(1)).length; // 17
 */
export function tfRecord(bytes: Uint8Array): Uint8Array {
  const record = new Uint8Array(16 + bytes.length);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(bytes.length), true);
  view.setUint32(8, masked(crc32c(record.subarray(0, 8))), true);
  record.set(bytes, 12);
  view.setUint32(12 + bytes.length, masked(crc32c(bytes)), true);
  return record;
}

/**
 * @internal The checksum CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected. RFC 3720, appendix B.4.
 *
 * @example
 * crc32c(new TextEncoder().encode('123456789')); // 0xe3069283
 */
export function crc32c(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** Turned by 15 bits and shifted: a checksum of bytes that hold checksums is a poor one. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
