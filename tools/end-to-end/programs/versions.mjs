// Prints which versions of our packages are installed.
import cli from "@mindbridge-sdk/cli/package.json" with { type: "json" };
import client from "@mindbridge-sdk/client/package.json" with { type: "json" };
import contract from "@mindbridge-sdk/contract/package.json" with { type: "json" };
import receiver from "@mindbridge-sdk/receiver/package.json" with { type: "json" };
import spec from "@mindbridge-sdk/spec/package.json" with { type: "json" };
import testing from "@mindbridge-sdk/testing/package.json" with { type: "json" };

for (const { name, version } of [cli, client, contract, receiver, spec, testing]) console.log(`${name}@${version}`);
