// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos apply`: has profiles hold, or takes that back.
@Command(
        name = "apply",
        description = "Shows what profiles would change, asks, and has them hold from now on: a job brings devices to"
                + " each. With --undo, what was done last with a profile is taken back, on the devices too.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos apply -f profile.yaml",
            "  pharos apply -f profile.yaml --yes --rate 600",
            "  pharos apply --undo wifi-pilot                        or by the number of its job: --undo 7",
            "",
            "What a profile is: docs/profiles.md."
        })
public final class ApplyCommand extends ServerCommand implements Callable<Integer> {
    @Option(names = "-f", paramLabel = "FILE", description = "Profiles in YAML or JSON; - for input, with --yes.")
    private @Nullable String file;

    @Option(names = "--undo", paramLabel = "NAME|JOB", description = "Take back what was done last with a profile.")
    private @Nullable String undo;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--rate", paramLabel = "N", description = "Devices that begin in a minute, at most.")
    private @Nullable Integer rate;

    @Option(names = "--concurrency", paramLabel = "N", description = "Devices at work at once (default: 50).")
    private @Nullable Integer concurrency;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        if ((file == null) == (undo == null)) {
            throw new WrongUsageException("what is to be done? Say -f FILE, or --undo NAME");
        }
        if (!yes && (json() || !Terminal.interactive() || "-".equals(file))) {
            throw new WrongUsageException("nobody can be asked here; say --yes where you are sure (pharos plan shows"
                    + " what would change)");
        }
        RestClient client = client();
        PrintWriter out = out();
        JsonNode done = file != null ? applied(client, file, out) : undone(client, String.valueOf(undo), out);
        if (done.isMissingNode()) {
            out.println("Nothing was done.");
        } else if (json()) {
            out.println(Json.text(done));
        } else {
            done.path("items").forEach(item -> print(item, out));
        }
        out.flush();
        return 0;
    }

    private JsonNode applied(RestClient client, String name, PrintWriter out)
            throws DeniedException, UnreachableException {
        String text = ProfileOption.text(name);
        if (!json()) {
            JsonNode plan = client.post(PlanCommand.PROFILES + "/plan", PlanCommand.YAML, text);
            PlanText.print(plan, out);
            out.println();
            out.flush();
            if (PlanText.isContradictory(plan)) {
                throw new DeniedException(List.of("pharos: profiles contradict each other, so that nothing is done"));
            }
        }
        return isWanted("Have this hold from now on?")
                ? client.post(PlanCommand.PROFILES + "/apply" + pace(), PlanCommand.YAML, text)
                : Json.object().path("nothing");
    }

    private JsonNode undone(RestClient client, String what, PrintWriter out)
            throws DeniedException, UnreachableException {
        boolean job = what.matches("[0-9]{1,18}");
        if (!json()) {
            out.println("Devices become again what they were before "
                    + (job ? "job " + what : "what was done last with profile " + what) + ", and so does the profile.");
            out.flush();
        }
        ObjectNode body = job
                ? Json.object().put("job", Long.parseLong(what))
                : Json.object().put("profile", what);
        return isWanted("Take it back?")
                ? client.post(PlanCommand.PROFILES + "/undo" + pace(), body)
                : Json.object().path("nothing");
    }

    private boolean isWanted(String question) {
        if (yes) {
            return true;
        }
        return Optional.ofNullable(System.console())
                .map(console -> console.readLine("%s [y/N] ", question))
                .filter(answer -> List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    private String pace() {
        String query =
                (rate == null ? "" : "&perMinute=" + rate) + (concurrency == null ? "" : "&concurrency=" + concurrency);
        return query.isEmpty() ? "" : "?" + query.substring(1);
    }

    private static void print(JsonNode item, PrintWriter out) {
        String profile = Terminal.safe(item.path("profile").asString(""));
        long version = item.path("version").asLong();
        long job = item.path("job").asLong();
        out.println((version == 0
                        ? profile + " does not hold any more"
                        : profile + " holds from now on, as version " + version)
                + "; pharos jobs watch " + job + " shows how far its devices are");
    }
}
