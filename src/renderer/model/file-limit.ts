/** How many files may be shared at once; the contract between the window and main holds the same number. */
export const MOST_FILES = 1_000;
