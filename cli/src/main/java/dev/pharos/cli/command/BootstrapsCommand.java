// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos bootstraps`: with what devices come the first time.
@Command(
        name = "bootstraps",
        description =
                "Lists, makes or removes that with which devices come the first time, to get a certificate or login of"
                        + " their own; or lets a device get one once more.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos bootstraps",
            "  pharos bootstraps batch-7 --devices 'os::00256D-*' --most 500      a login; its password is shown once",
            "  pharos bootstraps batch-8 --devices 'os::00256D-*' --most 500 --cert pki/bootstrap/batch-8-authority.pem",
            "  pharos bootstraps batch-7 --delete",
            "  pharos bootstraps --login os::00256D-1       its own at the server's broker, to be written into it by hand",
            "  pharos bootstraps --again os::00256D-1       although it has its own already; holds for a day",
            "",
            "The walk: docs/enrolment.md."
        })
public final class BootstrapsCommand extends ServerCommand implements Callable<Integer> {
    private static final String BOOTSTRAPS = "/bootstraps";

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Of the login, or of the batch.")
    private @Nullable String name;

    @Option(
            names = "--devices",
            paramLabel = "ID",
            description = "Who may come: an Endpoint ID, or its beginning and *, such as 'os::00256D-*'.")
    private @Nullable String devices;

    @Option(names = "--most", paramLabel = "N", description = "How many devices may come by it (default: 1).")
    private @Nullable Integer most;

    @Option(names = "--days", paramLabel = "N", description = "How long it holds (default: 30).")
    private @Nullable Integer days;

    @Option(
            names = "--approve",
            description = "Let unknown devices in that come by it; without, each waits for an operator's approval.")
    private boolean approve;

    @Option(
            names = "--cert",
            paramLabel = "PEM",
            description =
                    "Take a certificate in place of a login: of the authority of a batch, or the one that is shown.")
    private @Nullable Path certificate;

    @Option(names = "--delete", description = "Let nobody come by it any more; who has a certificate keeps it.")
    private boolean delete;

    @Option(
            names = "--again",
            paramLabel = "ID",
            description = "Let this device enrol within a day although it has a credential of its own already.")
    private @Nullable String again;

    @Option(
            names = "--login",
            paramLabel = "ID",
            description =
                    "Make the login of this device at the server's broker (MQTT, STOMP); the one before ends, and a"
                            + " device that was not known is let in with it.")
    private @Nullable String login;

    @Override
    public Integer call() throws DeniedException, UnreachableException, IOException {
        RestClient client = client();
        if (again != null) {
            JsonNode state = client.post("/devices/" + RestClient.segment(again) + "/enrolment", Json.object());
            say(
                    state,
                    again + " may enrol until "
                            + Terminal.safe(state.path("openUntil").asString("")));
        } else if (login != null) {
            JsonNode made = client.post("/devices/" + RestClient.segment(login) + "/login", Json.object());
            say(
                    made,
                    login(
                            made.path("username").asString(""),
                            made.path("password").asString(""),
                            "--password-file"));
        } else if (name == null) {
            if (devices != null || delete || certificate != null) {
                throw wrong("which one? Its NAME is missing");
            }
            list(client.get(BOOTSTRAPS));
        } else if (delete) {
            client.delete(BOOTSTRAPS + "/" + RestClient.segment(name));
            say(Json.object().put("deleted", name), "deleted " + name);
        } else {
            made(client.post(BOOTSTRAPS, body(name)));
        }
        return 0;
    }

    private ObjectNode body(String called) throws IOException {
        if (devices == null) {
            throw wrong("for which devices? --devices ID is missing");
        }
        ObjectNode body =
                Json.object().put("name", called).put("devices", devices).put("approves", approve);
        if (most != null) {
            body.put("most", most);
        }
        if (days != null) {
            body.put("days", days);
        }
        if (certificate != null) {
            if (!Files.isReadable(certificate)) {
                throw wrong("--cert: cannot read " + certificate);
            }
            body.put("certificate", Files.readString(certificate));
        }
        return body;
    }

    private void made(JsonNode answer) {
        String password = answer.path("password").asString("");
        say(
                answer,
                password.isEmpty()
                        ? line(answer.path("bootstrap"))
                        : login(String.valueOf(name), password, "--bootstrap-password-file, or --password-file,"));
    }

    private static String login(String username, String password, String option) {
        return "user name  " + Terminal.safe(username) + "\npassword   " + Terminal.safe(password)
                + "   (shown once; for " + option + " of the agent)";
    }

    private void list(JsonNode answer) {
        StringBuilder lines = new StringBuilder();
        answer.path("items").forEach(item -> lines.append(line(item)).append('\n'));
        say(
                answer,
                lines.isEmpty()
                        ? "(none; make one: pharos bootstraps batch-7 --devices 'os::00256D-*' --most 500)"
                        : lines.toString().stripTrailing());
    }

    private static String line(JsonNode item) {
        return Terminal.safe(item.path("name").asString("")) + "  "
                + Terminal.safe(item.path("kind").asString("")) + "  "
                + Terminal.safe(item.path("devices").asString("")) + "  "
                + item.path("enrolled").asInt() + " of " + item.path("most").asInt() + "  until "
                + Terminal.safe(item.path("until").asString(""))
                + (item.path("approves").asBoolean() ? "  approves" : "");
    }

    private void say(JsonNode answer, String text) {
        PrintWriter out = out();
        out.println(json() ? Json.text(answer) : text);
        out.flush();
    }
}
