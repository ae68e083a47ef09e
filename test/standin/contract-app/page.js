const { contract, document } = globalThis;
globalThis.bridgeAtStart = typeof contract;

function list(id, text) {
  const item = document.createElement('li');
  item.textContent = text;
  document.getElementById(id).append(item);
}

function listPaths(files) {
  for (const file of files) list('paths', contract.pathOf(file));
}

globalThis.unsubscribe = contract.onPushed((value) => list('pushed', JSON.stringify(value)));
globalThis.addEventListener('dragover', (event) => event.preventDefault());
globalThis.addEventListener('drop', (event) => {
  event.preventDefault();
  listPaths(event.dataTransfer.files);
});
globalThis.addEventListener('change', ({ target }) => listPaths(target.files));
