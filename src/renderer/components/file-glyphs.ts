import type { FileKind } from '../model/file-kind.ts';

/** What stands on a file's sheet, on a field of 32 by 40. */
export const GLYPHS: Readonly<Record<FileKind, string>> = {
  image: 'M9 31l5-7l3.5 4.5L20 25l3.5 6ZM12.5 18.5a1.5 1.5 0 1 0 0-.01',
  video: 'M12 18v11l9-5.5Z',
  audio: 'M13 29V18.5l8-2V27M13 29a2 2 0 1 1-4 0a2 2 0 0 1 4 0ZM21 27a2 2 0 1 1-4 0a2 2 0 0 1 4 0Z',
  archive: 'M16 6v2M16 11v2M16 16v2M14 22h4v6h-4ZM16 25.5v-.01',
  pdf: 'M9.5 30c3-1 6.5-9 6-13c-.3-2-2-1.5-1.7.5c.6 4.5 5 8.5 8.2 8.5c1.6 0 1.3-1.7-.5-1.7c-4 0-9 1.7-12 4',
  text: 'M9.5 18h13M9.5 22.5h13M9.5 27h13M9.5 31.5h7',
  table: 'M9 18h14v13H9ZM9 22.5h14M9 26.8h14M14 18v13',
  slides: 'M8.5 17h15M9.5 17v9.5h13V17M16 26.5V31M12.5 32l3.5-3l3.5 3',
  code: 'M12.5 19.5L8.5 24l4 4.5M19.5 19.5l4 4.5l-4 4.5',
  disk: 'M9 24a7 7 0 1 0 14 0a7 7 0 1 0-14 0M14.5 24a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0',
  other: 'M10 27h.01M16 27h.01M22 27h.01',
};
