// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos diagnose`: has a device measure the network, and shows what it found.
@Command(
        name = "diagnose",
        description =
                "Has a device measure the network, waits for the result and shows it; Ctrl-C ends it on the device too."
                        + " Ends with 1 where the device did not reach what it was asked for.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What to measure:",
            "  ping HOST        whether a host answers, and how fast",
            "  trace HOST       by which routers packets get there",
            "  download [URL]   how fast a file comes; from the server itself where no URL is given",
            "  upload [URL]     how fast one goes",
            "  udp-echo HOST    whether packets of UDP come back, and how fast",
            "  servers HOST...  which of several hosts answers fastest",
            "  lookup NAME      the addresses of a name, as DNS tells them to the device",
            "  capture          what passes its links, as a file for Wireshark",
            "  history [RUN]    what was found before",
            "",
            "Examples:",
            "  pharos diagnose os::0200F0-1 ping 127.0.0.1",
            "  pharos diagnose os::0200F0-1 ping 2001:db8::1 --count 10 --size 1400",
            "  pharos diagnose os::0200F0-1 trace www.example.com --hops 12",
            "  pharos diagnose os::0200F0-1 download",
            "  pharos diagnose os::0200F0-1 download http://192.0.2.1/file --duration 10 --connections 4",
            "  pharos diagnose os::0200F0-1 lookup www.example.com --dns 192.0.2.53",
            "  pharos diagnose os::0200F0-1 capture --filter 'udp port 53' --out dns.pcap",
            "  pharos diagnose os::0200F0-1 history",
            "",
            "More: docs/diagnostics.md."
        })
public final class DiagnoseCommand extends ServerCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 250;

    @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "WHAT", description = "What to measure, or history: see below.")
    private String what = "";

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "TARGET", description = "Hosts, a name, a URL, or a run.")
    private List<String> targets = new ArrayList<>();

    @ArgGroup(exclusive = false, heading = "%nHow to measure; what is left out is as usual:%n")
    private DiagnoseOptions options = new DiagnoseOptions();

    @Option(names = "--out", paramLabel = "PATH", description = "capture: where its file is written to here.")
    private @Nullable Path out;

    @Option(names = "--no-wait", description = "Only begin; the result comes into the history.")
    private boolean noWait;

    /// The run that a signal has to end, while there is one.
    private final AtomicReference<@Nullable String> running = new AtomicReference<>();

    @Override
    public Integer call() throws DeniedException, UnreachableException, InterruptedException {
        RestClient client = client();
        String place = "/devices/" + RestClient.segment(device) + "/diagnostics";
        if (what.equals("history")) {
            return history(client, place);
        }
        DiagnosisKind kind = DiagnosisKind.of(what)
                .orElseThrow(() ->
                        new WrongUsageException("\"" + what + "\" is none of " + DiagnosisKind.names() + ", history"));
        mustBeFree(kind);
        ObjectNode body = Json.object().put("kind", kind.text());
        kind.target(targets).ifPresent(target -> body.put("target", target));
        ObjectNode arguments = body.putObject("arguments");
        options.arguments(kind).forEach(arguments::put);
        JsonNode run = client.post(place, body);
        String path = place + "/" + run.path("id").asLong();
        if (noWait) {
            return show(run);
        }
        running.set(path);
        Stop _ = Stop.onSignal(() -> cancel(client));
        AwaitedSession awaited = new AwaitedSession();
        while (run.path("state").asString("").equals("running")) {
            awaited.tell(run, err());
            Thread.sleep(PAUSE_MILLIS);
            run = client.get(path);
        }
        running.set(null);
        int shown = show(run);
        if (shown == 0 && out != null) {
            save(client, run, out);
        }
        return shown;
    }

    private void mustBeFree(DiagnosisKind kind) {
        if (out == null) {
            return;
        }
        if (kind != DiagnosisKind.CAPTURE || noWait) {
            throw new WrongUsageException("--out is for a capture that is waited for");
        }
        if (Files.exists(out)) {
            throw new WrongUsageException(out + " is there already: name another");
        }
    }

    private void save(RestClient client, JsonNode run, Path target) throws DeniedException, UnreachableException {
        String file = "/devices/" + RestClient.segment(device) + "/files/"
                + run.path("file").asLong();
        long size = FileSave.save(client, file, target);
        PrintWriter told = json() ? err() : out();
        told.println(target + ", " + size + " bytes");
        told.flush();
    }

    private void cancel(RestClient client) {
        String path = running.getAndSet(null);
        if (path == null) {
            return;
        }
        PrintWriter err = err();
        try {
            JsonNode _ = client.remove(path);
            err.println("cancelled on the device");
        } catch (DeniedException | UnreachableException failed) {
            err.println("it may go on on the device: " + failed.getMessage());
        }
        err.flush();
    }

    private int history(RestClient client, String place) throws DeniedException, UnreachableException {
        if (targets.size() > 1) {
            throw new WrongUsageException("history needs at most one number");
        }
        Optional<String> only = targets.stream().findFirst();
        if (only.isPresent()) {
            if (!only.get().matches("[0-9]{1,18}")) {
                throw new WrongUsageException("\"" + only.get() + "\" is not the number of a run");
            }
            return show(client.get(place + "/" + only.get()));
        }
        JsonNode page = client.get(place + "?limit=100");
        PrintWriter out = out();
        if (json()) {
            out.println(Json.text(page));
        } else {
            page.path("items").forEach(run -> out.println(DiagnosisText.line(run)));
        }
        out.flush();
        return 0;
    }

    private int show(JsonNode run) {
        PrintWriter out = out();
        if (json()) {
            out.println(Json.text(run));
        } else {
            DiagnosisText.of(run).forEach(out::println);
        }
        out.flush();
        return DiagnosisText.isBad(run) ? 1 : 0;
    }
}
