import { StrictEmitter } from './strict-emitter.ts';

type ThemeSource = 'system' | 'light' | 'dark';

/** Without a desktop the system's theme is light. */
class NativeTheme extends StrictEmitter {
  #themeSource: ThemeSource = 'system';

  get themeSource(): ThemeSource {
    return this.#themeSource;
  }

  set themeSource(source: ThemeSource) {
    if (source === this.#themeSource) return;
    this.#themeSource = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#themeSource === 'dark';
  }
}

export const nativeTheme = new NativeTheme();
nativeTheme.setMaxListeners(0);
