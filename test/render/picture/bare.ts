/** Markup without what an element looks like: what is drawn, and where. */
export function bare(markup: string): string {
  return markup.replaceAll(/ (?:fill|stroke|font|shape|text|xml)(?:[-:][\w-]+)?="[^"]*"/g, '');
}
