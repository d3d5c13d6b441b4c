/** File extension of the path of a URL, with the dot, in lower case; null when there is none. */
export function extensionOf(url: string): string | null {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').split(/[?#]/, 1)[0] ?? '';
  const match = /\.[A-Za-z0-9_-]{1,20}$/.exec(path.split('/').at(-1) ?? '');
  return match ? match[0].toLowerCase() : null;
}

/**
 * Files that every visitor may read, by their extension. A list of what is allowed: scripts, settings, sources and data have
 * too many names, and `.json`, `.xml` or `.zip` may hold settings or a backup.
 */
const staticExtensions = new Set(
  `.3gp .aac .apk .appinstaller .appx .appxbundle .avif .bmp .dds .eot .epub .flac .gif .glb .gltf .ico .ics .ipa
   .jpeg .jpg .jxl .m3u8 .m4a .m4v .mid .mkv .mov .mp3 .mp4 .mpd .mpeg .mpg .msix .msixbundle .mtl .obj .odp .ods .odt
   .ogg .ogv .opus .otf .pdf .png .ply .pmtiles .stl .svg .svgz .tif .tiff .ttc .ttf .usdz .vcf .vtt .wasm .wav .weba
   .webm .webmanifest .webp .woff .woff2`.split(/\s+/),
);

/** True for an extension, with the dot and in lower case, that may be served to every visitor. */
export function isStaticExtension(extension: string): boolean {
  return staticExtensions.has(extension);
}
