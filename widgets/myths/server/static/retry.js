// Loads a page that could not be shown again by itself; many wait, so each at a time of its own.

setTimeout(() => location.reload(), 3000 + Math.random() * 5000);
