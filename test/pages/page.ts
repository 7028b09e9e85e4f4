import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A page of the documentation whose programs are run and whose outputs are compared whole. With UPDATE_DOCS set, what the
 * programs really print is written down in place of what is shown.
 */

/** The folder of the repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

export class Page {
  /** Where in the repository it lies. */
  readonly path: string;
  text: string;

  private constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  static async read(path: string): Promise<Page> {
    return new Page(path, await readFile(join(root, path), 'utf8'));
  }

  /** The fenced blocks of a language, in order. */
  blocks(language: string): readonly string[] {
    return [...this.text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
      ([, body]) => body ?? '',
    );
  }

  /** The files that the section under a heading shows, in order: blocks that begin with a comment of the file's path. */
  filesIn(heading: string): Readonly<Record<string, string>> {
    const section = this.text.split(/^#{2,} /m).find((part) => part.startsWith(`${heading}\n`));
    if (section === undefined) throw new Error(`${this.path} has no section "${heading}"`);
    const blocks = section.matchAll(/^```\w+\n(?:\/\/|#) (?<path>[\w.-]+)\n(?<text>.*?)^```/gms);
    return Object.fromEntries(Array.from(blocks, ({ groups }) => [groups!.path!, groups!.text!]));
  }

  /** The output shown at a place; with UPDATE_DOCS set, the actual one is written there first. */
  async shown(place: number, actual: string): Promise<string> {
    const block = this.blocks('text')[place]!;
    if (process.env.UPDATE_DOCS === undefined) return block;
    this.text = this.text.replace(`\`\`\`text\n${block}`, () => `\`\`\`text\n${actual}`);
    await writeFile(join(root, this.path), this.text);
    return actual;
  }
}
