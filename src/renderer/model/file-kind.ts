/** What a file most likely holds, as told by its name. */
export type FileKind =
  'image' | 'video' | 'audio' | 'archive' | 'pdf' | 'text' | 'table' | 'slides' | 'code' | 'disk' | 'other';

const EXTENSIONS: Readonly<Record<Exclude<FileKind, 'other'>, string>> = {
  image: 'png jpg jpeg gif webp avif heic heif svg bmp tif tiff psd raw dng cr2 nef ico',
  video: 'mp4 mov mkv webm avi m4v mpg mpeg wmv mts',
  audio: 'mp3 wav flac aac m4a ogg opus aif aiff mid wma',
  archive: 'zip 7z rar tar gz tgz bz2 xz zst lz4 br',
  pdf: 'pdf ps eps',
  text: 'txt md rtf doc docx odt pages epub tex log',
  table: 'csv tsv xls xlsx ods numbers parquet sqlite db',
  slides: 'ppt pptx odp key',
  code: 'js ts jsx tsx json html css xml yaml yml toml py rb go rs java c h cpp cs sh ps1 sql svelte',
  disk: 'iso dmg img vhd vhdx vmdk qcow2 exe msi deb rpm appimage pkg apk',
};

const KIND_OF = new Map<string, FileKind>(
  Object.entries(EXTENSIONS).flatMap(([kind, list]) =>
    list.split(' ').map((extension) => [extension, kind as FileKind] as const),
  ),
);

export function fileKind(name: string): FileKind {
  const dot = name.lastIndexOf('.');
  return (dot > 0 ? KIND_OF.get(name.slice(dot + 1).toLowerCase()) : undefined) ?? 'other';
}
