// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.WrongUsageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos alarms`: what somebody wanted to be told of, and is so.
@Command(
        name = "alarms",
        description = "Lists alarms, the newest first, and looks after them and their rules.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos alarms                                       those that are open",
            "  pharos alarms --all --device os::0200F0-1",
            "  pharos alarms rules",
            "  pharos alarms rule away --severity minor --when online:false --for 15m --query tag:business",
            "  pharos alarms rule boots --severity major --events 5 --kind Event --path 'Device.Boot!' --within 1h",
            "  pharos alarms assign 7 anna",
            "  pharos alarms mute 7 2h",
            "",
            "More: docs/alarms.md."
        })
public final class AlarmsCommand extends ServerCommand implements Callable<Integer> {
    private static final String ALARMS = "/alarms";
    private static final String RULES = "/alarm-rules";

    @Option(names = "--all", description = "Those too that are cleared.")
    private boolean all;

    @Option(names = "--device", paramLabel = "ID", description = "Only of this device.")
    private @Nullable String device;

    @Option(names = "--rule", paramLabel = "NAME", description = "Only of this rule.")
    private @Nullable String rule;

    @Option(
            names = "--severity",
            paramLabel = "SEVERITY",
            description = "This or worse: warning, minor, major, critical.")
    private @Nullable String severity;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        String path = ALARMS + "?limit=" + limit + (all ? "" : "&state=open") + asked("device", device)
                + asked("rule", rule) + asked("severity", severity);
        JsonNode page = client().get(path);
        return print(page, AlarmText.list(page));
    }

    private static String asked(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + RestClient.segment(value);
    }

    @Command(name = "show", description = "One alarm, and what people said of it.", mixinStandardHelpOptions = true)
    int show(@Mixin ServerOptions at, @Parameters(paramLabel = "ID") long id)
            throws DeniedException, UnreachableException {
        JsonNode alarm = at.client().get(ALARMS + "/" + id);
        return print(at, alarm, AlarmText.whole(alarm));
    }

    @Command(
            name = "assign",
            description = "Says who looks after an alarm; nobody where no PERSON is said.",
            mixinStandardHelpOptions = true)
    int assign(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "ID") long id,
            @Parameters(paramLabel = "PERSON", arity = "0..1") @Nullable String person)
            throws DeniedException, UnreachableException {
        return move(at, id, "assign", Json.object().put("to", person == null ? "" : person));
    }

    @Command(
            name = "mute",
            description = "Hears nothing of an alarm for a time: 30m, 2h, 7d; 0m to hear of it again.",
            mixinStandardHelpOptions = true)
    int mute(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "ID") long id,
            @Parameters(paramLabel = "TIME", converter = HowLong.class) Duration time)
            throws DeniedException, UnreachableException {
        return move(at, id, "mute", Json.object().put("minutes", time.toMinutes()));
    }

    @Command(
            name = "clear",
            description = "Says that it is over; it comes again when its condition has ended and begins anew.",
            mixinStandardHelpOptions = true)
    int clear(@Mixin ServerOptions at, @Parameters(paramLabel = "ID") long id)
            throws DeniedException, UnreachableException {
        return move(at, id, "clear", Json.object());
    }

    @Command(name = "note", description = "Says something of an alarm.", mixinStandardHelpOptions = true)
    int note(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "ID") long id,
            @Parameters(paramLabel = "TEXT") String text)
            throws DeniedException, UnreachableException {
        return move(at, id, "note", Json.object().put("text", text));
    }

    private int move(ServerOptions at, long id, String what, ObjectNode body)
            throws DeniedException, UnreachableException {
        JsonNode alarm = at.client().post(ALARMS + "/" + id + "/" + what, body);
        return print(at, alarm, AlarmText.whole(alarm));
    }

    @Command(name = "rules", description = "What is looked for.", mixinStandardHelpOptions = true)
    int rules(@Mixin ServerOptions at) throws DeniedException, UnreachableException {
        JsonNode answer = at.client().get(RULES);
        return print(at, answer, AlarmText.rules(answer));
    }

    /// What a rule is to be.
    static final class Wanted {
        @Option(names = "--severity", paramLabel = "SEVERITY", description = "warning, minor, major or critical.")
        private @Nullable String severity;

        @Option(names = "--query", paramLabel = "QUERY", description = "Which devices it is about (default: all).")
        private @Nullable String query;

        @Option(
                names = "--when",
                paramLabel = "QUERY",
                description = "What a device must be: online:false, Device.A < 4.")
        private @Nullable String when;

        @Option(
                names = "--for",
                paramLabel = "TIME",
                converter = HowLong.class,
                description = "For how long (default: at once), as 15m; with --when.")
        private @Nullable Duration lasting;

        @Option(names = "--events", paramLabel = "N", description = "Or: how many events on one device.")
        private @Nullable Integer events;

        @Option(names = "--kind", paramLabel = "KIND", split = ",", description = "Of these kinds; with --events.")
        private @Nullable List<String> kinds;

        @Option(names = "--path", paramLabel = "PATH", description = "Whose path and name begin so; with --events.")
        private @Nullable String path;

        @Option(
                names = "--within",
                paramLabel = "TIME",
                converter = HowLong.class,
                description = "In which time (default: 1h); with --events.")
        private @Nullable Duration within;

        @Option(
                names = "--percent",
                paramLabel = "N",
                description = "One alarm where so many of the devices are concerned, instead of one for each.")
        private @Nullable Integer percent;

        private boolean none() {
            return severity == null && when == null && events == null && query == null && percent == null;
        }

        private ObjectNode body() {
            ObjectNode body =
                    Json.object().put("severity", severity).put("query", query).put("when", when);
            body.put("atLeast", events).put("path", path).put("percent", percent);
            body.put("forSeconds", lasting == null ? null : Math.toIntExact(lasting.toSeconds()));
            body.put("withinSeconds", within == null ? null : Math.toIntExact(within.toSeconds()));
            if (kinds != null) {
                body.set("kinds", Json.array(kinds));
            }
            return body;
        }
    }

    @Command(
            name = "rule",
            description = "Shows a rule; makes it, or another of it, where it is said what it is to be; or deletes it.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  pharos alarms rule away --severity minor --when online:false --for 15m --query tag:business",
                "  pharos alarms rule memory --severity warning --when 'Device.DeviceInfo.MemoryStatus.Free < 4096'",
                "  pharos alarms rule storm --severity critical --query 'model = \"X\"' --events 1 --kind Event "
                        + "--path 'Device.Boot!' --within 1h --percent 30",
                "  pharos alarms rule away --delete"
            })
    int rule(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @Mixin Wanted wanted,
            @Option(names = "--delete", description = "Forget it; its open alarms are cleared.") boolean delete)
            throws DeniedException, UnreachableException {
        String path = RULES + "/" + RestClient.segment(name);
        if (delete) {
            if (!wanted.none()) {
                throw new WrongUsageException("--delete takes a NAME and nothing else");
            }
            at.client().delete(path);
            return print(at, Json.object().put("deleted", name), "deleted " + name);
        }
        JsonNode answer = wanted.none() ? at.client().get(path) : at.client().put(path, wanted.body());
        return print(at, answer, AlarmText.rule(answer));
    }
}
