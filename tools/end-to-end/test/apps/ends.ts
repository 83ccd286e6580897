// An app that ends before it listens.
console.error("There is no configuration.");
process.exitCode = 3;
