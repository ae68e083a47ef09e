/** What can be done with a folder or an object of a bucket. */
export type EntryAction = 'open' | 'copy' | 'linkFor' | 'versions' | 'upload' | 'invite';
