// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos jobs create`: makes a job.
@Command(
        name = "create",
        description = "Makes a job: the same steps for every device that a query means when the job starts. Devices"
                + " that are away are done when they return.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos jobs create --query tag:pilot get Device.DeviceInfo.SoftwareVersion",
            "  pharos jobs create --query 'model = \"X\"' --preview set Device.Time.NTPServer1=pool.ntp.org",
            "  pharos jobs create --query group:old --window 01:00-05:00 --days mon,tue --rate 600 --retries 2",
            "      set Device.WiFi.Radio.1.Channel=36 then operate 'Device.Reboot()'",
            "  pharos jobs create --device os::0200F0-1 --device os::0200F0-2 --at 2026-12-24T03:00 operate 'Device.Reboot()'"
        })
final class JobsCreateCommand extends ServerCommand implements Callable<Integer> {
    @Option(names = "--query", paramLabel = "QUERY", description = "Which devices: see docs/query.md; '' for all.")
    private @Nullable String query;

    @Option(names = "--device", paramLabel = "ID", description = "One device by its id; as often as you like.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "--name", paramLabel = "TEXT", description = "For people (default: what the first step does).")
    private @Nullable String name;

    @Option(names = "--at", paramLabel = "TIME", description = "Not before: 2026-12-24T03:00, or with a zone.")
    private @Nullable String at;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "When devices that have not begun are given up (default: 30 days after the start).")
    private @Nullable String deadline;

    @Mixin
    private WindowOptions window = new WindowOptions();

    @Option(names = "--rate", paramLabel = "N", description = "Devices that begin in a minute, at most.")
    private @Nullable Integer rate;

    @Option(names = "--concurrency", paramLabel = "N", description = "Devices at work at once (default: 50).")
    private @Nullable Integer concurrency;

    @Option(names = "--retries", paramLabel = "N", description = "How often a step is tried again (default: 0).")
    private @Nullable Integer retries;

    @Option(
            names = "--backoff",
            paramLabel = "SECONDS",
            description = "Until the first retry, doubled each time (default: 60).")
    private @Nullable Integer backoff;

    @Option(
            names = "--repeat-when-uncertain",
            description = "Send a command, Add or Delete again whose answer was lost, though it may have run.")
    private boolean repeatWhenUncertain;

    @Option(names = "--allow-empty", description = "Take a query that means no device.")
    private boolean allowEmpty;

    @Option(names = "--preview", description = "Only say which devices it would concern.")
    private boolean preview;

    @Parameters(
            arity = "1..*",
            paramLabel = "STEP",
            description = "get PATH…, set PATH=VALUE…, add OBJECT [PARAM=VALUE…], delete PATH…,"
                    + " operate COMMAND [ARG=VALUE…], instances PATH…; the next after \"then\". Or alone: firmware IMAGE,"
                    + " which each device is to run.")
    private List<String> steps = new ArrayList<>();

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = out();
        JsonNode body = body();
        JsonNode answer = client().post(JobsCommand.JOBS + (preview ? "/preview" : ""), body);
        if (json()) {
            out.println(Json.text(answer));
        } else if (preview) {
            out.println(answer.path("detail").asString(""));
            answer.path("first").forEach(device -> out.println("  " + device.asString("")));
            long more = answer.path("devices").asLong() - answer.path("first").size();
            if (more > 0) {
                out.println("  and " + more + " more");
            }
            answer.path("steps").forEach(step -> out.println("each: " + step.asString("")));
        } else {
            String id = answer.path("id").asString("");
            out.println("job " + id + " is " + answer.path("state").asString("") + "; pharos jobs watch " + id
                    + " shows how far it is");
        }
        out.flush();
        return 0;
    }

    private ObjectNode body() {
        if ((query == null) == devices.isEmpty()) {
            throw new WrongUsageException("which devices? Say --query QUERY, or --device ID");
        }
        ObjectNode body = Json.object();
        if (query != null) {
            body.put("query", query);
        } else {
            body.set("devices", Json.array(devices));
        }
        JobSteps.put(body, steps);
        put(body, "name", name);
        put(body, "startAt", at == null ? null : time("--at", at));
        put(body, "deadline", deadline == null ? null : time("--deadline", deadline));
        put(body, "perMinute", rate);
        put(body, "concurrency", concurrency);
        put(body, "retries", retries);
        put(body, "backoffSeconds", backoff);
        put(body, "repeatWhenUncertain", repeatWhenUncertain ? true : null);
        put(body, "allowEmpty", allowEmpty ? true : null);
        window.put(body);
        return body;
    }

    private static void put(ObjectNode body, String field, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Boolean flag -> body.put(field, flag);
            case Integer number -> body.put(field, number);
            default -> body.put(field, value.toString());
        }
    }

    private static String time(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toString();
        } catch (DateTimeParseException withoutZone) {
            try {
                return LocalDateTime.parse(text)
                        .atZone(ZoneId.systemDefault())
                        .toOffsetDateTime()
                        .toString();
            } catch (DateTimeParseException wrong) {
                throw new WrongUsageException(option + " looks like 2026-12-24T03:00, or 2026-12-24T03:00:00+01:00");
            }
        }
    }
}
