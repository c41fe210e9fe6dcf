// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos approvals`: what waits for a second person.
@Command(
        name = "approvals",
        description = "Lists what waits for a second person, shows one, and approves or refuses it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos approvals                           what waits",
            "  pharos approvals 12                        what would be done, on how many devices",
            "  pharos approvals 12 --approve              it begins",
            "  pharos approvals 12 --refuse 'not today'   also takes back what you asked for yourself",
            "  pharos approvals --all                     and what became of what waited before",
            "  pharos approvals --rules                   when a second person is needed",
            "  pharos approvals --applies auto --devices 50",
            "",
            "See docs/approvals.md."
        })
public final class ApprovalsCommand extends ServerCommand implements Callable<Integer> {
    private static final String APPROVALS = "/approvals";
    private static final String RULES = "/approval-rules";

    @Parameters(index = "0", arity = "0..1", paramLabel = "N", description = "The number of an approval.")
    private @Nullable Long number;

    @Option(names = "--approve", description = "Have it done.")
    private boolean approve;

    @Option(names = "--refuse", paramLabel = "REASON", description = "Have it not done, and say why.")
    private @Nullable String refuse;

    @Option(names = "--all", description = "List also what waits no more.")
    private boolean all;

    @Option(names = "--rules", description = "Show when a second person is needed.")
    private boolean rules;

    @Option(
            names = "--applies",
            paramLabel = "WHEN",
            description = "A second person is needed: auto (as soon as two people could approve), always or never.")
    private @Nullable String applies;

    @Option(names = "--devices", paramLabel = "N", description = "So many one person may change with one request.")
    private @Nullable Integer devices;

    @Option(names = "--hours", paramLabel = "N", description = "So long something waits for approval.")
    private @Nullable Integer hours;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        checkUsage();
        RestClient client = client();
        Long one = number;
        if (changesRules()) {
            JsonNode now = client.put(RULES, rulesBody());
            say(now, rules(now));
        } else if (rules) {
            JsonNode now = client.get(RULES);
            say(now, rules(now));
        } else if (one == null) {
            list(client.get(APPROVALS + (all ? "?limit=100" : "?state=waiting&limit=100")));
        } else {
            String path = APPROVALS + "/" + one;
            JsonNode approval = approve
                    ? client.post(path + "/approve", Json.object())
                    : refuse != null
                            ? client.post(path + "/refuse", Json.object().put("reason", refuse))
                            : client.get(path);
            say(approval, whole(approval));
        }
        return 0;
    }

    private boolean changesRules() {
        return applies != null || devices != null || hours != null;
    }

    private void checkUsage() {
        boolean aboutRules = rules || changesRules();
        boolean decides = approve || refuse != null;
        if (Stream.of(aboutRules, decides, all).filter(each -> each).count() > 1 || (approve && refuse != null)) {
            throw new WrongUsageException("one of --approve, --refuse, --all, and what the rules are");
        }
        if (decides && number == null) {
            throw new WrongUsageException("which approval? Its number is missing");
        }
        if ((aboutRules || all) && number != null) {
            throw new WrongUsageException("--all and the rules are not about approval " + number);
        }
    }

    private ObjectNode rulesBody() {
        ObjectNode body = Json.object();
        if (applies != null) {
            body.put("applies", applies);
        }
        if (devices != null) {
            body.put("devices", devices);
        }
        if (hours != null) {
            body.put("hours", hours);
        }
        return body;
    }

    private static String rules(JsonNode rules) {
        String holds = rules.path("now").asBoolean(false)
                ? "a factory reset, and what changes more than "
                        + rules.path("devices").asInt(0) + " devices, waits for a second person now"
                : "one person is enough for anything now";
        return "applies " + Terminal.safe(rules.path("applies").asString("")) + ": " + holds + "\n"
                + Terminal.dim(rules.path("approvers").asLong(0) + " people could approve, "
                        + rules.path("waiting").asLong(0) + " waiting, for "
                        + rules.path("hours").asInt(0) + " hours at most");
    }

    private void list(JsonNode answer) {
        StringBuilder lines = new StringBuilder();
        answer.path("items").forEach(approval -> lines.append(line(approval)).append('\n'));
        say(
                answer,
                lines.isEmpty()
                        ? Terminal.dim("nothing waits for a second person")
                        : lines.toString().stripTrailing());
    }

    private static String line(JsonNode approval) {
        return String.format(
                        Locale.ROOT,
                        "%5d  %-8s %,9d devices  ",
                        approval.path("id").asLong(0),
                        Terminal.safe(approval.path("state").asString("")),
                        approval.path("devices").asLong(0))
                + text(approval, "what")
                + Terminal.dim("  by " + text(approval, "askedBy") + end(approval));
    }

    private static String end(JsonNode approval) {
        String reason = text(approval, "reason");
        String by = approval.has("decidedBy") ? ", " + text(approval, "decidedBy") : "";
        return approval.path("state").asString("").equals("waiting")
                ? ", until " + text(approval, "expires")
                : by + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static String whole(JsonNode approval) {
        StringBuilder text = new StringBuilder(line(approval));
        approval.path("steps").forEach(step -> text.append("\n       ").append(Terminal.safe(step.asString(""))));
        approval.path("examples")
                .forEach(device -> text.append("\n       ").append(Terminal.dim(Terminal.safe(device.asString("")))));
        approval.path("jobs")
                .forEach(job -> text.append("\njob ")
                        .append(job.asLong(0))
                        .append(": pharos jobs watch ")
                        .append(job.asLong(0)));
        return text.toString();
    }

    private static String text(JsonNode approval, String field) {
        return Terminal.safe(approval.path(field).asString(""));
    }

    private void say(JsonNode answer, String text) {
        PrintWriter out = out();
        out.println(json() ? Json.text(answer) : text);
        out.flush();
    }
}
