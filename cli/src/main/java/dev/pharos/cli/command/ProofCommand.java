// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos proof`: with what a device of TR-069 shows who it is.
@Command(
        name = "proof",
        description = {
            "Shows with what a device of TR-069 has to show who it is, or says it: its login, a certificate that names",
            "it, or both. Who comes in its name without, is refused. And says that two records are one device, or two."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos proof os::0200F0-1                      what it has to show",
            "  pharos proof os::0200F0-1 --login              makes its login, to be written into it; shown once",
            "  pharos proof os::0200F0-1 --want certificate   its login alone does not do any more",
            "  pharos proof ops::0200F0-Box-1 --same-as os::0200F0-1   both are one device, known by the second name",
            "  pharos proof os::0200F0-1 --names              by which names it was known before",
            "  pharos proof os::0200F0-1 --apart ops::0200F0-Box-1     they are two after all",
            "",
            "Certificates are shown at --cwmps of a server with --ca: docs/tr069.md."
        })
public final class ProofCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
    private String device = "";

    /// In the words of REST.
    private enum Wanted {
        EITHER,
        CERTIFICATE,
        BOTH
    }

    @Option(
            names = "--want",
            paramLabel = "PROOF",
            description =
                    "From its next session on: either (its login, where it has one, or a certificate), certificate"
                            + " or both.")
    private @Nullable Wanted wanted;

    @Option(
            names = "--login",
            description = "Make its login, which it has to show from now on; the one before ends. Shown once.")
    private boolean login;

    @Option(
            names = "--same-as",
            paramLabel = "OTHER",
            description = "It is the device OTHER: both become one, with all that is kept of them, known as OTHER.")
    private @Nullable String other;

    @Option(
            names = "--apart",
            paramLabel = "FORMER",
            description = "FORMER, which --same-as has made this device, is a device of its own again, as it was: its"
                    + " tags, attributes, values and login. History, files, jobs and what waits stay here.")
    private @Nullable String former;

    @Option(names = "--names", description = "Show by which names it was known before.")
    private boolean names;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        Wanted next = wanted;
        if (login && next != null) {
            throw wrong("--login and --want are said one after the other");
        }
        String same = other;
        String two = former;
        long alone = Stream.of(same != null, two != null, names, login || next != null)
                .filter(said -> said)
                .count();
        if (alone > 1) {
            throw wrong("--same-as, --apart and --names are said alone");
        }
        RestClient client = client();
        String path = "/devices/" + RestClient.segment(device);
        if (names) {
            return print(client.get(path + "/identity"), ProofCommand::names);
        }
        if (two != null) {
            return print(
                    client.remove(path + "/identity?former=" + RestClient.segment(two)),
                    (answer, out) -> out.println(text(answer, "id") + " is a device of its own again"));
        }
        if (same != null) {
            return print(
                    client.post(path + "/identity", Json.object().put("sameAs", same)),
                    (answer, out) -> out.println(device + " is " + text(answer, "id") + " from now on"));
        }
        if (login) {
            return print(client.post(path + "/cwmp-login", Json.object()), ProofCommand::made);
        }
        String proof = path + "/cwmp-proof";
        JsonNode answer = next == null
                ? client.get(proof)
                : client.put(proof, Json.object().put("wanted", next.name().toLowerCase(Locale.ROOT)));
        return print(answer, ProofCommand::shown);
    }

    private static void names(JsonNode names, PrintWriter out) {
        out.println("now      " + text(names, "id"));
        names.path("former")
                .forEach(each -> out.println("before   " + text(each, "id") + "   until " + text(each, "since")
                        + (each.path("undoable").asBoolean() ? "   (--apart makes it one of its own again)" : "")));
    }

    private static void made(JsonNode login, PrintWriter out) {
        out.println("user name  " + text(login, "username"));
        out.println("password   " + text(login, "password")
                + "   (shown once; for --acs-username and --acs-password-file of the agent)");
    }

    private static void shown(JsonNode proof, PrintWriter out) {
        String name = text(proof, "login");
        out.println("has to show  "
                + switch (text(proof, "wanted")) {
                    case "certificate" -> "a certificate that names it";
                    case "both" -> "a certificate that names it, and its login";
                    default ->
                        name.isEmpty()
                                ? "nothing, until it has shown a certificate that names it, or has a login"
                                : "its login, or a certificate that names it";
                });
        out.println("login        " + (name.isEmpty() ? "none (--login makes one)" : name));
    }

    private static String text(JsonNode node, String field) {
        return Terminal.safe(node.path(field).asString(""));
    }
}
