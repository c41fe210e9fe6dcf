// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos dial`: has the server dial a device where it listens.
@Command(
        name = "dial",
        description = "Has the server dial a device where it listens for controllers, from now on, or no more.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos dial os::00256D-1 wss://gateway.example:8443/usp     a device that was not known is let in",
            "  pharos dial os::00256D-1                                    where it is dialled",
            "  pharos dial os::00256D-1 --stop",
            "",
            "On the device: pharos agent --listen wss://ADDRESS:PORT/PATH. See docs/agent.md."
        })
public final class DialCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
    private String device = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "URL",
            description = "wss://HOST:PORT/PATH, or ws:// on this host.")
    private @Nullable String url;

    @Option(names = "--stop", description = "Dial it no more, and end the connection.")
    private boolean stop;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        RestClient client = client();
        String path = "/devices/" + RestClient.segment(device) + "/address";
        PrintWriter out = out();
        if (stop) {
            if (url != null) {
                throw wrong("--stop goes without a URL");
            }
            client.delete(path);
            out.println(json() ? Json.text(Json.object().put("stopped", device)) : device + " is not dialled");
        } else {
            JsonNode answer = url == null
                    ? client.get(path)
                    : client.put(path, Json.object().put("url", url));
            out.println(
                    json()
                            ? Json.text(answer)
                            : device + " is dialled at "
                                    + Terminal.safe(answer.path("url").asString("")));
        }
        out.flush();
        return 0;
    }
}
