// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos users`: who may sign in.
@Command(
        name = "users",
        description =
                "Lists the people who may sign in to the page, lets one in, changes what one may do, or lets one in"
                        + " no more.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Roles: viewer, support, engineer, auditor, admin; docs/people.md says what each may do.",
            "",
            "Examples:",
            "  pharos users",
            "  pharos users anna --role support      a new person: the password is shown once, to be changed",
            "  pharos users anna --role engineer     changes what she may do",
            "  pharos users anna --role support --only 'tag:north'    she sees these devices only (docs/query.md)",
            "  pharos users anna --changes Device.WiFi.,Device.Reboot()        and changes nothing else",
            "  pharos users anna --only ''            she sees every device again",
            "  pharos users anna@partner.example --role viewer --provider partner    she comes through an OpenID provider",
            "  pharos users anna --disable           until --enable",
            "  pharos users anna --reset             a new password; her passkeys go with the old one",
            "  pharos users anna --lost-device       her passkeys go, and her password stays",
            "  pharos users anna --delete"
        })
public final class UsersCommand extends ServerCommand implements Callable<Integer> {
    private static final String USERS = "/users";

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Of the person.")
    private @Nullable String name;

    @Option(names = "--role", paramLabel = "ROLE", description = "What the person may do; lets in whoever is new.")
    private @Nullable String role;

    @Option(
            names = "--only",
            paramLabel = "QUERY",
            description = "The person sees the devices of this query only; every device where it is empty.")
    private @Nullable String only;

    @Option(
            names = "--changes",
            paramLabel = "PATHS",
            description =
                    "The person changes no more than these, with commas between them: Device.WiFi.,Device.Reboot();"
                            + " what the role may where it is empty.")
    private @Nullable String changes;

    @Option(
            names = "--provider",
            paramLabel = "ID",
            description =
                    "The new person comes through this OpenID provider, in place of a password; by the name that it"
                            + " calls them, or by --subject.")
    private @Nullable String provider;

    @Option(
            names = "--subject",
            paramLabel = "TEXT",
            description = "What --provider calls the new person for ever (the claim sub).")
    private @Nullable String subject;

    @Option(names = "--disable", description = "The person may not sign in, and is signed out.")
    private boolean disable;

    @Option(names = "--enable", description = "The person may sign in again.")
    private boolean enable;

    @Option(
            names = "--reset",
            description = "A new password, shown once, in place of the one before and of all passkeys.")
    private boolean reset;

    @Option(
            names = "--lost-device",
            description = "Remove all passkeys of the person, who is signed out and comes back with the password.")
    private boolean lostDevice;

    @Option(names = "--delete", description = "Let the person in no more.")
    private boolean delete;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        checkUsage();
        RestClient client = client();
        if (name == null) {
            list(client.get(USERS));
            return 0;
        }
        String path = USERS + "/" + RestClient.segment(name);
        if (delete) {
            client.delete(path);
            say(Json.object().put("deleted", name), "deleted " + name);
        } else if (reset) {
            made(client.post(path + "/password", Json.object()));
        } else if (lostDevice) {
            client.delete(path + "/passkeys");
            say(Json.object().put("name", name).put("passkeys", 0), name + " has no passkeys any more");
        } else if (!isLimiting() && !disable && !enable) {
            JsonNode user = client.get(path);
            say(user, line(user));
        } else {
            put(client, path, name);
        }
        return 0;
    }

    private void checkUsage() {
        if (name == null && (isLimiting() || disable || enable || reset || lostDevice || delete)) {
            throw new WrongUsageException("who? The NAME is missing");
        }
        int kinds =
                (isLimiting() || disable || enable ? 1 : 0) + (reset ? 1 : 0) + (lostDevice ? 1 : 0) + (delete ? 1 : 0);
        if (kinds > 1) {
            throw new WrongUsageException("--reset, --lost-device and --delete stand alone");
        }
        if (disable && enable) {
            throw new WrongUsageException("either --disable or --enable");
        }
        if (subject != null && provider == null) {
            throw new WrongUsageException("--subject is what a provider calls somebody: say which one, by --provider");
        }
    }

    private void put(RestClient client, String path, String called) throws DeniedException, UnreachableException {
        Optional<JsonNode> there = named(client.get(USERS), called);
        if (there.isEmpty() && role != null && !disable && !enable) {
            made(client.post(USERS, only(from(Json.object().put("name", called).put("role", role)))));
            return;
        }
        if (provider != null) {
            throw new WrongUsageException(
                    there.isPresent()
                            ? called + " is there already: remove them first, then let them in through " + provider
                            : "--provider lets in somebody new, and needs --role");
        }
        JsonNode known = there.isPresent() ? there.get() : client.get(path);
        ObjectNode state = Json.object()
                .put("role", role == null ? known.path("role").asString("") : role)
                .put("disabled", disable || (!enable && known.path("disabled").asBoolean(false)));
        JsonNode changed = client.put(path, only(state));
        say(changed, line(changed));
    }

    private ObjectNode from(ObjectNode body) {
        if (provider != null) {
            body.put("provider", provider);
        }
        if (subject != null) {
            body.put("subject", subject);
        }
        return body;
    }

    private boolean isLimiting() {
        return role != null || only != null || changes != null || provider != null;
    }

    private ObjectNode only(ObjectNode body) {
        return limited(body, only, changes);
    }

    /// @param changes paths with commas between them
    static ObjectNode limited(ObjectNode body, @Nullable String only, @Nullable String changes) {
        if (only != null) {
            body.put("scope", only);
        }
        if (changes != null) {
            ArrayNode paths = body.putArray("changes");
            Stream.of(changes.split(","))
                    .map(String::strip)
                    .filter(path -> !path.isEmpty())
                    .forEach(paths::add);
        }
        return body;
    }

    private static Optional<JsonNode> named(JsonNode page, String called) {
        for (JsonNode user : page.path("items")) {
            if (user.path("name").asString("").equals(called)) {
                return Optional.of(user);
            }
        }
        return Optional.empty();
    }

    private void made(JsonNode user) {
        say(
                user,
                "name      " + Terminal.safe(user.path("name").asString("")) + "\nrole      "
                        + Terminal.safe(user.path("role").asString("")) + scope(user)
                        + (user.has("password")
                                ? "\npassword  "
                                        + Terminal.safe(user.path("password").asString(""))
                                        + "   (shown once; to be changed at the first sign-in)"
                                : "\nthrough   "
                                        + Terminal.safe(user.path("provider").asString(""))));
    }

    private void list(JsonNode answer) {
        StringBuilder lines = new StringBuilder();
        answer.path("items").forEach(user -> lines.append(line(user)).append('\n'));
        say(
                answer,
                lines.isEmpty()
                        ? "(nobody yet; let somebody in: pharos users anna --role support)"
                        : lines.toString().stripTrailing());
    }

    private static String line(JsonNode user) {
        String last = user.path("lastSignIn").asString("");
        String issuer = user.path("provider").asString("");
        int passkeys = user.path("passkeys").asInt(0);
        return Terminal.safe(user.path("name").asString("")) + "  "
                + Terminal.safe(user.path("role").asString(""))
                + scope(user)
                + (user.path("disabled").asBoolean(false) ? "  " + Terminal.red("may not sign in") : "")
                + (user.path("mustChangePassword").asBoolean(false) ? "  has chosen no password yet" : "")
                + (issuer.isEmpty()
                        ? ""
                        : (user.path("awaited").asBoolean(false) ? "  awaited through " : "  through ")
                                + Terminal.safe(issuer))
                + (passkeys == 0 ? "" : passkeys == 1 ? "  1 passkey" : "  " + passkeys + " passkeys")
                + Terminal.dim(last.isEmpty() ? "  never signed in" : "  last signed in " + last);
    }

    /// Continues a line on a person or a token; empty where nothing limits them.
    static String scope(JsonNode who) {
        String scope = who.path("scope").asString("");
        List<String> changes = new ArrayList<>();
        who.path("changes").forEach(path -> changes.add(Terminal.safe(path.asString(""))));
        return (scope.isEmpty() ? "" : "  only " + Terminal.safe(scope))
                + (changes.isEmpty() ? "" : "  changes only " + String.join(", ", changes));
    }

    private void say(JsonNode answer, String text) {
        PrintWriter out = out();
        out.println(json() ? Json.text(answer) : text);
        out.flush();
    }
}
