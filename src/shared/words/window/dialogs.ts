/** What is asked and told of one share. */
export const extend = {
  title: (name: string) => `A new link to ${name}`,
  hint:
    'The link that was given out keeps its own end: a new one does not shorten it. Only deleting or moving the file, ' +
    'or replacing the key that signed it, ends it sooner.',
  confirm: 'Copy new link',
};

export const revoke = {
  title: (name: string) => `Revoke ${name}?`,
  body: (key: string, bucket: string) =>
    `This deletes “${key}” from the bucket “${bucket}”. Every link to it ends, those made with “New link” too. ` +
    'It cannot be undone. Where the bucket keeps versions, it is only hidden: links to it end, and its bytes stay.',
  /** Deleting frees the key, and takes no invitation back. */
  stillInvited: (end: string) =>
    `Whoever was invited may still upload it again until ${end}; links to it that were given out work again then.`,
  confirm: 'Delete and revoke',
};

export const details = {
  title: 'Details',
  bucket: 'Bucket',
  key: 'Key',
  region: 'Region',
  endpoint: 'Endpoint',
  defaultEndpoint: 'Amazon S3',
  origin: 'Signed by',
  size: 'Size',
  signed: 'Signed',
  asked: 'Asked to end',
  ends: 'Ends',
  limit: 'Limited by',
  limits: {
    credentials: 'The end of the sign-in that signed it',
    maximum: 'The 7 days that a link lives at most',
    restore: 'The end of the copy that was restored from the archive',
    none: 'Nothing: it ends when it was asked to',
  },
  state: 'State',
  advice: 'What to do',
};
