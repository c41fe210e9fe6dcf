// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos webhooks`: other systems that are told of events.
@Command(
        name = "webhooks",
        description = "Lists, makes and looks after webhooks: other systems that are told of events.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos webhooks                                        all, and how they stand",
            "  pharos webhooks add tickets https://tickets.example/hook --kind offline --query tag:business",
            "  pharos webhooks test tickets",
            "  pharos webhooks deliveries tickets --state dead",
            "  pharos webhooks replay tickets --dead",
            "",
            "How a receiver knows that it is us: docs/webhooks.md."
        })
public final class WebhooksCommand extends ServerCommand implements Callable<Integer> {
    private static final String WEBHOOKS = "/webhooks";

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        JsonNode answer = client().get(WEBHOOKS);
        return print(answer, WebhookText.list(answer));
    }

    @Command(name = "list", description = "All webhooks, and how they stand.", mixinStandardHelpOptions = true)
    int list(@Mixin ServerOptions at) throws DeniedException, UnreachableException {
        JsonNode answer = at.client().get(WEBHOOKS);
        return print(at, answer, WebhookText.list(answer));
    }

    @Command(
            name = "add",
            description = "Tells another system of events, from now on. Its secret is shown once.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  pharos webhooks add all https://bus.example/pharos",
                "  pharos webhooks add reboots https://noc.example/hook --kind Event --path 'Device.Boot!'",
                "  pharos webhooks add wifi https://noc.example/hook --kind ValueChange --path Device.WiFi. "
                        + "--query group:pilot"
            })
    int add(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "NAME", description = "For people.") String name,
            @Parameters(paramLabel = "URL", description = "https://HOST[:PORT]/PATH; http for this host only.")
                    String url,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            split = ",",
                            description = "Only events of this kind, as watch shows it; may be said again.")
                    @Nullable
                    List<String> kinds,
            @Option(names = "--query", paramLabel = "QUERY", description = "Only events of devices of this query.")
                    @Nullable
                    String query,
            @Option(
                            names = "--path",
                            paramLabel = "PATH",
                            description = "Only events whose path and name begin so: Device.WiFi., Device.Boot!")
                    @Nullable
                    String path,
            @Option(
                            names = "--insecure",
                            description = "Plain HTTP to another host is meant; everybody on the way can read it.")
                    boolean insecure)
            throws DeniedException, UnreachableException {
        ObjectNode body = Json.object().put("name", name).put("url", url).put("insecure", insecure);
        body.set("kinds", Json.array(kinds == null ? List.of() : kinds));
        body.put("query", query == null ? "" : query).put("path", path == null ? "" : path);
        JsonNode answer = at.client().post(WEBHOOKS, body);
        return print(at, answer, WebhookText.secret(answer));
    }

    @Command(name = "show", description = "One webhook, and how its deliveries go.", mixinStandardHelpOptions = true)
    int show(@Mixin ServerOptions at, @Parameters(paramLabel = "NAME") String name)
            throws DeniedException, UnreachableException {
        JsonNode answer = at.client().get(path(name, ""));
        return print(at, answer, WebhookText.whole(answer));
    }

    @Command(
            name = "test",
            description =
                    "Sends something of the type test now, and says what came back; fails where it was not taken.",
            mixinStandardHelpOptions = true)
    int test(@Mixin ServerOptions at, @Parameters(paramLabel = "NAME") String name)
            throws DeniedException, UnreachableException {
        JsonNode answer = at.client().post(path(name, "/test"), Json.object());
        print(at, answer, WebhookText.test(answer));
        return answer.path("delivered").asBoolean() ? 0 : ExitStatus.DENIED;
    }

    @Command(
            name = "deliveries",
            description = "What it was told, or is to be, the newest events first.",
            mixinStandardHelpOptions = true)
    int deliveries(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Only those that stand so: waiting, delivered, dead.")
                    @Nullable
                    String state,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many (default: ${DEFAULT-VALUE}).")
                    int limit)
            throws DeniedException, UnreachableException {
        String asked = "?limit=" + limit + (state == null ? "" : "&state=" + RestClient.segment(state));
        JsonNode answer = at.client().get(path(name, "/deliveries" + asked));
        return print(at, answer, WebhookText.deliveries(answer));
    }

    /// Which deliveries.
    static final class Again {
        @Option(names = "--delivery", paramLabel = "ID", required = true, description = "One, by its id.")
        private @Nullable String delivery;

        @Option(names = "--dead", required = true, description = "All that were given up.")
        private boolean dead;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Span span;
    }

    /// A time.
    static final class Span {
        @Option(
                names = "--from",
                paramLabel = "TIME",
                required = true,
                converter = Moment.class,
                description = "All events since then: 2026-11-26T10:00:00Z, or 2h for two hours ago.")
        private @Nullable Instant from;

        @Option(
                names = "--to",
                paramLabel = "TIME",
                converter = Moment.class,
                description = "And before then (default: now).")
        private @Nullable Instant to;
    }

    @Command(
            name = "replay",
            description = "Delivers again, with the same ids: one, what was given up, or the events of a time.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  pharos webhooks replay tickets --dead",
                "  pharos webhooks replay tickets --from 2h",
                "  pharos webhooks replay tickets --delivery 0b8a2c9e-6d7e-4f6e-9a47-0f1f6a3f2a55"
            })
    int replay(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @ArgGroup(multiplicity = "1") Again again)
            throws DeniedException, UnreachableException {
        ObjectNode body = Json.object();
        if (again.delivery != null) {
            body.put("delivery", again.delivery);
        } else if (again.span != null) {
            body.put("from", String.valueOf(again.span.from));
            if (again.span.to != null) {
                body.put("to", again.span.to.toString());
            }
        } else {
            body.put("dead", again.dead);
        }
        JsonNode answer = at.client().post(path(name, "/replay"), body);
        return print(
                at,
                answer,
                answer.path("queued").asLong() + (again.span == null ? " to be delivered again" : " events looked at"));
    }

    @Command(
            name = "pause",
            description = "Sends nothing until it goes on; nothing is lost meanwhile.",
            mixinStandardHelpOptions = true)
    int pause(@Mixin ServerOptions at, @Parameters(paramLabel = "NAME") String name)
            throws DeniedException, UnreachableException {
        return move(at, path(name, "/pause"), Json.object());
    }

    @Command(
            name = "resume",
            description = "Goes on; a target that failed is tried at once.",
            mixinStandardHelpOptions = true)
    int resume(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--skip", description = "Leave out what happened since it was paused.") boolean skip)
            throws DeniedException, UnreachableException {
        return move(at, path(name, "/resume"), Json.object().put("skip", skip));
    }

    private int move(ServerOptions at, String path, ObjectNode body) throws DeniedException, UnreachableException {
        JsonNode answer = at.client().post(path, body);
        return print(at, answer, WebhookText.whole(answer));
    }

    @Command(
            name = "rotate",
            description = "Makes another secret, shown once; the one before signs too for a day.",
            mixinStandardHelpOptions = true)
    int rotate(@Mixin ServerOptions at, @Parameters(paramLabel = "NAME") String name)
            throws DeniedException, UnreachableException {
        JsonNode answer = at.client().post(path(name, "/rotate"), Json.object());
        return print(at, answer, WebhookText.secret(answer));
    }

    @Command(
            name = "remove",
            description = "Tells it nothing more; what waits for it is forgotten.",
            mixinStandardHelpOptions = true)
    int remove(@Mixin ServerOptions at, @Parameters(paramLabel = "NAME") String name)
            throws DeniedException, UnreachableException {
        at.client().delete(path(name, ""));
        return print(at, Json.object().put("removed", name), "removed " + name);
    }

    private static String path(String name, String more) {
        return WEBHOOKS + "/" + RestClient.segment(name) + more;
    }
}
