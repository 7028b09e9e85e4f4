/**
 * The terminal behind stderr, where there is one: found by the shape of the global `process`, so that nothing of Node's is imported
 * and a browser has none. A line is drawn on the row below whatever is written there, and goes without a trace. Assumes the
 * controls of a VT100, and that writes to a terminal are done when they return, as in Node on POSIX, Bun and Deno.
 */

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly bytesWritten?: number;
  write(text: string): unknown;
}

/** The globals that are looked at, as far as they are there. */
interface World {
  readonly process?: {
    readonly stderr?: Stream;
    readonly stdout?: Stream;
    readonly env?: Readonly<Record<string, string | undefined>>;
  };
  readonly Deno?: unknown;
}

/** Where a terminal doesn't tell how wide it is. */
const DEFAULT_COLUMNS = 80;

/** Down a row in the same column, scrolling if need be (IND); save the place (DECSC). */
const OPEN = '\u001BD\u001B7';
const LINE_START = '\r';
/** Erase to the end of the row (EL). */
const ERASE = '\u001B[K';
/** Back to the place that was saved (DECRC), and up to the row where others write (CUU). */
const CLOSE = '\u001B8\u001B[A';

export class Screen {
  readonly #stderr: Stream;
  readonly #world: World;
  #isShown = false;
  /** Bytes written when this last drew. */
  #written = 0;

  private constructor(stderr: Stream, world: World) {
    this.#stderr = stderr;
    this.#world = world;
  }

  /** The screen, if stderr is a terminal. */
  static find(): Screen | undefined {
    const world = globalThis as unknown as World;
    const stderr = world.process?.stderr;
    return stderr?.isTTY === true ? new Screen(stderr, world) : undefined;
  }

  /**
   * Whether it may be drawn on: not in CI, not on a terminal without controls, not under Jest, which redraws its own lines there and
   * holds back what others write. Deno isn't asked, as it asks its user before it lets out a variable of the environment.
   */
  isFree(): boolean {
    if (this.#world.Deno !== undefined) return true;
    const { CI = '', JEST_WORKER_ID, TERM } = this.#world.process?.env ?? {};
    return ['', '0', 'false'].includes(CI) && JEST_WORKER_ID === undefined && TERM !== 'dumb';
  }

  /** Columns that a line may take. The last one stays free: a row that is full may wrap. */
  get columns(): number {
    return (this.#stderr.columns || DEFAULT_COLUMNS) - 1;
  }

  /** Whether another has written since the line was drawn. The place of the line is then lost, and what it says stays behind. */
  isDisturbed(): boolean {
    return this.#isShown && this.#bytes() !== this.#written;
  }

  /** Draws a line, in place of the one before. */
  draw(line: string): void {
    this.#stderr.write((this.#isShown ? '' : OPEN) + LINE_START + line + ERASE);
    this.#isShown = true;
    this.#written = this.#bytes();
  }

  /** Takes the line away, if it is there and its place isn't lost. */
  clear(): void {
    if (this.#isShown && !this.isDisturbed()) this.#stderr.write(LINE_START + ERASE + CLOSE);
    this.#isShown = false;
  }

  /** By both streams, which are the same terminal most of the time. Bun doesn't count, and Deno only some. */
  #bytes(): number {
    return (this.#stderr.bytesWritten ?? 0) + (this.#world.process?.stdout?.bytesWritten ?? 0);
  }
}
