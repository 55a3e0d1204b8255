// A picture with at most 256 colours: what hangs on a wall has few, and the documents stay light.
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** The same picture, as a PNG with a palette. Takes what browsers make: eight bits, RGB or RGBA, not interlaced. */
export function small(png: Uint8Array): Uint8Array {
  const { width, height, channels, rows } = decode(png);
  const counts = new Map<number, number>();
  const pixel = (at: number) => (rows[at]! << 16) | (rows[at + 1]! << 8) | rows[at + 2]!;
  for (let at = 0; at < rows.length; at += channels) counts.set(pixel(at), (counts.get(pixel(at)) ?? 0) + 1);
  const palette = choose(counts);
  const nearest = new Map<number, number>();
  const lines = new Uint8Array(height * (width + 1));
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += channels) {
      const colour = pixel(at);
      let index = nearest.get(colour);
      if (index === undefined) nearest.set(colour, (index = closest(colour, palette)));
      lines[y * (width + 1) + x + 1] = index;
    }
  }
  const head = new Uint8Array(13);
  new DataView(head.buffer).setUint32(0, width);
  new DataView(head.buffer).setUint32(4, height);
  head.set([8, 3], 8);
  const colours = Uint8Array.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const chunks = [chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', new Uint8Array(deflateSync(lines, { level: 9 }))), chunk('IEND', new Uint8Array())];
  return join([SIGNATURE, ...chunks]);
}

/** The colours seen most, one of each shade that can be told apart. */
function choose(counts: Map<number, number>): number[] {
  const shades = new Map<number, { colour: number; most: number; count: number }>();
  for (const [colour, count] of counts) {
    const shade = colour & 0xf8f8f8;
    const known = shades.get(shade);
    if (!known) shades.set(shade, { colour, most: count, count });
    else {
      known.count += count;
      if (count > known.most) Object.assign(known, { colour, most: count });
    }
  }
  const sorted = Array.from(shades.values()).sort((one, other) => other.count - one.count);
  return sorted.slice(0, 256).map(({ colour }) => colour);
}

function closest(colour: number, palette: number[]): number {
  let [best, least] = [0, Infinity];
  palette.forEach((other, index) => {
    const far = [16, 8, 0].reduce((sum, bits) => sum + (((colour >> bits) & 255) - ((other >> bits) & 255)) ** 2, 0);
    if (far < least) [best, least] = [index, far];
  });
  return best;
}

function decode(png: Uint8Array): { width: number; height: number; channels: number; rows: Uint8Array } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = png[25] === 6 ? 4 : 3;
  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === 0x49444154) parts.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const packed = new Uint8Array(inflateSync(join(parts)));
  const line = width * channels;
  const rows = new Uint8Array(height * line);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (line + 1)]!;
    for (let x = 0; x < line; x += 1) {
      const at = y * line + x;
      const left = x >= channels ? rows[at - channels]! : 0;
      const up = y > 0 ? rows[at - line]! : 0;
      const corner = x >= channels && y > 0 ? rows[at - line - channels]! : 0;
      rows[at] = packed[at + y + 1]! + predict(filter, left, up, corner);
    }
  }
  return { width, height, channels, rows };
}

/** What the filters of PNG add. */
function predict(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - corner;
      const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
    default:
      return 0;
  }
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = join([new TextEncoder().encode(name), data]);
  const ends = new Uint8Array(8);
  new DataView(ends.buffer).setUint32(0, data.length);
  new DataView(ends.buffer).setUint32(4, crc32(body));
  return join([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of Array.from(bytes)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function join(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
