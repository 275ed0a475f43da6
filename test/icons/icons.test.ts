import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Picture, readPng } from './png.ts';

const load = (name: string): Picture => readPng(readFileSync(`manifest/${name}.png`));

const pixelsOf = (picture: Picture) =>
  Array.from({ length: picture.width * picture.height }, (_, index) => {
    const [x, y] = [index % picture.width, Math.floor(index / picture.width)];
    return { x, y, colour: picture.at(x, y) };
  });

const color = load('color');
const outline = load('outline');

describe('the color icon', () => {
  test('measures 192 by 192 and fills its square, for Teams rounds the corners itself', () => {
    expect([color.width, color.height]).toEqual([192, 192]);
    expect(pixelsOf(color).filter(({ colour }) => colour[3] !== 255)).toEqual([]);
  });

  test('keeps its figure within the middle 120 by 120', () => {
    // The ground is blue; the figure is white and orange, both of which hold much red.
    const figure = pixelsOf(color).filter(({ colour }) => colour[0] > 100);
    expect(figure.length).toBeGreaterThan(2000);
    const outside = figure.filter(({ x, y }) => Math.min(x, y) < 36 || Math.max(x, y) >= 156);
    expect(outside).toEqual([]);
  });

  test('stands on the accent colour of the manifest, at the darker end', () => {
    const { accentColor } = JSON.parse(readFileSync('manifest/manifest.json', 'utf8'));
    const accent = [1, 3, 5].map((at) => Number.parseInt(accentColor.slice(at, at + 2), 16));
    const [red, green, blue] = color.at(191, 191);
    for (const [index, shade] of [red, green, blue].entries()) {
      expect(Math.abs(shade - (accent[index] ?? 0))).toBeLessThanOrEqual(3);
    }
  });
});

describe('the outline icon', () => {
  test('measures 32 by 32', () => {
    expect([outline.width, outline.height]).toEqual([32, 32]);
  });

  test('is white and nothing else, on nothing', () => {
    const pixels = pixelsOf(outline);
    const drawn = pixels.filter(({ colour }) => colour[3] > 0);
    expect(drawn.filter(({ colour: [red, green, blue] }) => Math.min(red, green, blue) < 255)).toEqual([]);
    expect(drawn.length).toBeGreaterThan(100);
    expect(drawn.length).toBeLessThan(pixels.length / 2);
  });

  test('leaves its border clear', () => {
    const border = pixelsOf(outline).filter(({ x, y }) => Math.min(x, y) < 2 || Math.max(x, y) >= 30);
    expect(border.filter(({ colour }) => colour[3] > 0)).toEqual([]);
  });
});
