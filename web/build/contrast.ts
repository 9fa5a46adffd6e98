/** A colour in sRGB, each part from 0 to 1. */
type Colour = readonly [red: number, green: number, blue: number];

/** The two values that a token of a colour has. */
export interface Token {
  light: string;
  dark: string;
}

/** The tokens of a style sheet that are colours: `light-dark(…)`, or one for both themes. */
export function readTokens(css: string): Map<string, Token> {
  const tokens = new Map<string, Token>();
  for (const [, name = "", value = ""] of css.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
    const [, light, dark] = /^light-dark\((#\w{6}),\s*(#\w{6})\)$/.exec(value) ?? [];
    if (light && dark) tokens.set(name, { light, dark });
    else if (/^#\w{6}$/.test(value)) tokens.set(name, { light: value, dark: value });
  }
  return tokens;
}

function parse(hex: string): Colour {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

/** The relative luminance that WCAG defines. */
function luminance(hex: string): number {
  const [red, green, blue] = parse(hex).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours as WCAG defines it, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
