// Serves the registry on a free port, tells its parent the port, and ends with its parent.
import { runServer } from "verdaccio";

const server = await runServer(process.argv[2]);
process.once("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
