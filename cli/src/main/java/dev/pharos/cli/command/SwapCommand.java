// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos swap`: a router in the place of another.
@Command(
        name = "swap",
        description =
                "Puts a new router in the place of an old one: shows what of the old one is personal beside what the"
                        + " new one has, asks, and has a job set it, whatever their makers and protocols are. The old one may be"
                        + " away. Ends with 1 where the new router refuses something, with 3 where it is away; then the job waits"
                        + " for it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos swap os::00256D-OLD1 os::0200F0-NEW1 --plan",
            "  pharos swap os::00256D-OLD1 os::0200F0-NEW1 --wifi-key-file key.txt",
            "  pharos swap os::00256D-OLD1 os::0200F0-NEW1 --yes --no-wait",
            "  pharos swap os::0200F0-NEW1 --undo 7                  as it was before job 7",
            "",
            "More: docs/router-swap.md."
        })
public final class SwapCommand extends ServerCommand implements Callable<Integer> {
    /// A key has 64 characters at most; the end of a line is none of it.
    private static final int KEY_FILE = 200;

    @Parameters(
            arity = "1..2",
            paramLabel = "ID",
            description = "The Endpoint ID of the old router, then that of the new one; with --undo the new one alone.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "--plan", description = "Only show what would be done.")
    private boolean plan;

    @Option(
            names = "--wifi-key-file",
            paramLabel = "FILE",
            description = "A file with the Wi-Fi key for the new router; none can be read from the old one.")
    private @Nullable Path wifiKey;

    @Option(names = "--guest-key-file", paramLabel = "FILE", description = "The same for the network of guests.")
    private @Nullable Path guestKey;

    @Option(names = "--undo", paramLabel = "JOB", description = "Take back what that job of a swap did.")
    private @Nullable Long undo;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--no-wait", description = "Only make the job.")
    private boolean noWait;

    @Override
    public Integer call() throws DeniedException, UnreachableException, InterruptedException {
        if (devices.size() != (undo == null ? 2 : 1)) {
            throw new WrongUsageException(
                    undo == null
                            ? "which router goes, and which takes its place? Say OLD NEW"
                            : "with --undo JOB only the new router is named");
        }
        if (!yes && !plan && (json() || !Terminal.interactive())) {
            throw new WrongUsageException(
                    "nobody can be asked here; say --yes where you are sure (--plan shows what" + " would be done)");
        }
        RestClient client = client();
        return undo == null ? swapped(client, devices.getFirst(), devices.getLast()) : undone(client, undo);
    }

    private int swapped(RestClient client, String old, String now)
            throws DeniedException, UnreachableException, InterruptedException {
        PrintWriter out = out();
        String query = "?from=" + RestClient.segment(old);
        String device = "/devices/" + RestClient.segment(now);
        ObjectNode keys = keys();
        JsonNode planned = client.post(device + "/swap-plan" + query, keys);
        if (plan && json()) {
            out.println(Json.text(planned));
        } else if (!json()) {
            SwapText.print(planned, out);
        }
        out.flush();
        if (plan) {
            return 0;
        }
        if (!isWanted("Have the new router take the place of the old one?")) {
            out.println("Nothing was done.");
            out.flush();
            return 0;
        }
        FollowedJob followed = new FollowedJob(client, now, json(), out);
        followed.begin();
        JsonNode begun = client.post(device + "/swap" + query, keys);
        told(begun, old, out);
        if (!begun.has("job") || noWait) {
            if (json()) {
                out.println(Json.text(begun));
                out.flush();
            }
            return 0;
        }
        long job = begun.path("job").asLong();
        JsonNode target = followed.follow(job);
        JsonNode after = client.post(device + "/swap-plan" + query, keys);
        if (json()) {
            ((ObjectNode) begun).set("target", target);
            ((ObjectNode) begun).set("after", after);
            out.println(Json.text(begun));
            out.flush();
        } else if (!target.path("state").asString("").equals("offline")) {
            SwapText.printChecked(
                    begun, after, target.path("state").asString("").equals("done"), out);
        }
        return followed.ended(job, target);
    }

    private void told(JsonNode begun, String old, PrintWriter out) {
        if (json()) {
            return;
        }
        if (begun.path("recorded").asBoolean(false)) {
            out.println(old + " is retired; its tags and notes went over");
        } else {
            out.println("tags and notes stay where they are: moving them needs the right to manage the fleet");
        }
        out.println(
                begun.has("job")
                        ? "job " + begun.path("job").asLong() + " sets the rest; pharos swap " + devices.getLast()
                                + " --undo " + begun.path("job").asLong() + " takes it back"
                        : "nothing is to be set on the new router");
        out.flush();
    }

    private int undone(RestClient client, long job) throws DeniedException, UnreachableException, InterruptedException {
        String now = devices.getFirst();
        PrintWriter out = out();
        if (plan) {
            throw new WrongUsageException("--plan and --undo do not go together");
        }
        if (!isWanted("Put back what " + now + " had before job " + job + "?")) {
            out.println("Nothing was done.");
            out.flush();
            return 0;
        }
        FollowedJob followed = new FollowedJob(client, now, json(), out);
        followed.begin();
        JsonNode back = client.post(
                "/devices/" + RestClient.segment(now) + "/swap-undo",
                Json.object().put("job", job));
        long id = back.path("id").asLong();
        if (noWait) {
            out.println(json() ? Json.text(back) : "job " + id + " does it");
            out.flush();
            return 0;
        }
        JsonNode target = followed.follow(id);
        if (json()) {
            out.println(Json.text(target));
            out.flush();
        }
        return followed.ended(id, target);
    }

    private ObjectNode keys() {
        ObjectNode keys = Json.object();
        if (wifiKey != null) {
            keys.put("wifiKey", key("--wifi-key-file", wifiKey));
        }
        if (guestKey != null) {
            keys.put("guestKey", key("--guest-key-file", guestKey));
        }
        return keys;
    }

    private static String key(String option, Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(KEY_FILE + 1);
            if (bytes.length > KEY_FILE) {
                throw new WrongUsageException(
                        option + " " + file + ": a file with a key has one line of 64 characters" + " at most");
            }
            return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
        } catch (NoSuchFileException missing) {
            throw new WrongUsageException(option + " " + file + ": there is no such file");
        } catch (IOException unreadable) {
            throw new WrongUsageException(option + " " + file + ": the file cannot be read");
        }
    }

    private boolean isWanted(String question) {
        return yes
                || Optional.ofNullable(System.console())
                        .map(console -> console.readLine("%s [y/N] ", question))
                        .filter(answer ->
                                List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT)))
                        .isPresent();
    }
}
