import type { EndDesk } from '../board/end-desk.ts';
import type { LifecycleDesk } from '../board/lifecycle-desk.ts';
import type { ObjectPreview } from '../board/object-preview.ts';
import type { Settings } from '../settings/settings.ts';
import type { RequestHandlers } from './request-server.ts';

/** What works on how links and their objects end. */
export interface EndRooms {
  readonly ends: Pick<EndDesk, 'choose'>;
  readonly lifecycle: Pick<LifecycleDesk, 'show' | 'preview' | 'put' | 'remove'>;
  readonly objects: Pick<ObjectPreview, 'preview'>;
}

export interface EndRequestRooms extends EndRooms {
  readonly settings: Pick<Settings, 'choose'>;
  /** The board has changed by what was asked. */
  readonly changed: () => void;
}

/** What answers the window where it asks how links end, and what ends with them. */
export function endHandlers({ ends, lifecycle, objects, settings, changed }: EndRequestRooms) {
  return {
    previewObject: ({ life, ...asked }) => objects.preview(asked, life),
    chooseGoneAtEnd: async ({ goneAtEnd }) => {
      await settings.choose({ goneAtEnd });
      changed();
      return null;
    },
    chooseEnd: ({ id, goes }) => ends.choose(id, goes),
    showLifecycle: () => lifecycle.show(),
    previewLifecycle: ({ days }) => lifecycle.preview(days),
    putLifecycle: (asked) => lifecycle.put(asked),
    removeLifecycle: (asked) => lifecycle.remove(asked),
  } satisfies Partial<RequestHandlers>;
}
