import type { Sentences } from '../sentences.ts';
import { germanKeySentences } from './sentences/keys.ts';
import { germanLinkSentences } from './sentences/links.ts';
import { germanPlaceSentences } from './sentences/places.ts';
import { germanRefusalSentences } from './sentences/refusals.ts';
import { germanUploadSentences } from './sentences/uploads.ts';

/** What failed and what to do, in German. */
export const germanSentences: Sentences = {
  ...germanLinkSentences,
  ...germanRefusalSentences,
  ...germanKeySentences,
  ...germanUploadSentences,
  ...germanPlaceSentences,
};
