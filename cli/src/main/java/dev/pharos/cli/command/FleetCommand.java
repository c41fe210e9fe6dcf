// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.cpe.AcsAddress;
import dev.pharos.cli.cpe.CpeFleet;
import dev.pharos.cli.cpe.CpeProgram;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.Fleet;
import dev.pharos.fleet.FleetConfig;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `pharos fleet`: many simulated gateways in one process.
@Command(
        name = "fleet",
        description = "Runs many simulated gateways in one process, until Ctrl-C, and prints what they did.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos fleet --agents 100 --controller ws://127.0.0.1:8183/usp",
            "  pharos fleet --agents 5000 --controller mqtt://127.0.0.1:1883 --rate 200 --pace 60",
            "  pharos fleet --agents 500 --controller ws://127.0.0.1:8183/usp --outages",
            "  pharos fleet --agents 500 --acs http://127.0.0.1:7547/cwmp"
        })
public final class FleetCommand implements Callable<Integer> {
    private static final int BAR = 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--agents", required = true, paramLabel = "N", description = "How many gateways.")
    private int agents;

    @Option(
            names = "--controller",
            paramLabel = "URL",
            description = "ws://host:port/usp, mqtt://host:port or stomp://host:port")
    private @Nullable String controller;

    @Option(
            names = "--acs",
            paramLabel = "URL",
            description = "http://host:7547/cwmp: devices of TR-069, in the place of agents. The ACS cannot call them.")
    private @Nullable String acs;

    @Option(
            names = "--controller-id",
            defaultValue = "self::pharos",
            paramLabel = "ID",
            description = "The controller's Endpoint ID (default: ${DEFAULT-VALUE}).")
    private String controllerId = "";

    @Option(
            names = "--rate",
            defaultValue = "100",
            paramLabel = "PER_SECOND",
            description = "How many are started a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--prefix",
            defaultValue = "FLEET",
            description = "Begins each serial number (default: ${DEFAULT-VALUE}).")
    private String prefix = "";

    @Option(
            names = "--pace",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "Time between happenings in a home; 0: homes that stand still (default: ${DEFAULT-VALUE}).")
    private long pace;

    @Option(names = "--clients", defaultValue = "4", description = "Devices in each home (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "Where gateways keep their settings, so that they still know whom to report to when they restart"
                            + " (default: nowhere).")
    private @Nullable Path keep;

    @Option(
            names = "--seconds",
            defaultValue = "0",
            description = "Stop after so many seconds; 0 goes on until Ctrl-C.")
    private long seconds;

    @Option(
            names = "--outages",
            description = "Each line on standard input (Enter) ends all connections at once, as an outage of the"
                    + " network does, and it is said when all are back. Over WebSocket only.")
    private boolean outages;

    @Option(names = "--json", description = "Print the counts at the end as one JSON document.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Crowd crowd = crowd();
        // what makes the text is loaded now: at the end it has four seconds beside all that the crowd still does
        words(crowd.counts());
        PrintWriter err = spec.commandLine().getErr();
        Stop stop = Stop.onSignal(() -> {
            // stopping many takes a while, and may be cut short
            print(crowd.counts());
            crowd.close();
        });
        if (outages && crowd instanceof UspCrowd(Fleet fleet, int _)) {
            Outages.onEachLine(fleet, json ? err : spec.commandLine().getOut());
        }
        Thread progress = Thread.ofVirtual().start(() -> showProgress(crowd, stop, err));
        crowd.run();
        if (seconds > 0) {
            stop.await(seconds * 1000);
            if (!stop.isAsked()) {
                return 0; // the exit runs the hook above
            }
        }
        stop.await();
        progress.interrupt();
        return 0;
    }

    private Crowd crowd() throws IOException {
        try {
            if ((controller == null) == (acs == null)) {
                throw new IllegalArgumentException("say either --controller, for USP, or --acs, for TR-069");
            }
            return acs == null ? UspCrowd.of(config(Objects.requireNonNull(controller))) : devices(acs);
        } catch (IllegalArgumentException | MalformedInputException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private FleetConfig config(String url) throws MalformedInputException {
        ControllerAddress address = ControllerAddress.parse(url, Access.NONE);
        if (address.isCoap()) {
            throw new IllegalArgumentException("the fleet speaks no CoAP: " + url);
        }
        if (outages && !address.isWebSocket()) {
            throw new IllegalArgumentException("--outages is for ws:// and wss://, not for " + url);
        }
        return new FleetConfig(
                agents,
                address,
                EndpointId.parse(controllerId),
                rate,
                prefix,
                Duration.ofSeconds(pace),
                clients,
                Optional.ofNullable(keep));
    }

    private Crowd devices(String url) throws IOException {
        if (outages) {
            throw new IllegalArgumentException(
                    "--outages is for ws:// and wss://: a device of TR-069 keeps no connection");
        }
        AcsAddress address = AcsAddress.parse(url, "", "", false);
        Optional<Path> given = Optional.ofNullable(keep);
        // checked before anything is made on disk
        CpeFleet.Plan plan = new CpeFleet.Plan(
                agents,
                address,
                CpeProgram.Trust.ofTheRuntime(),
                rate,
                prefix,
                Duration.ofSeconds(pace),
                clients,
                given.orElse(Path.of("")));
        if (given.isPresent()) {
            return new CwmpCrowd(new CpeFleet(plan), agents, Optional.empty());
        }
        Path scratch = Files.createTempDirectory("pharos-fleet");
        return new CwmpCrowd(new CpeFleet(plan.keptIn(scratch)), agents, Optional.of(scratch));
    }

    private void showProgress(Crowd crowd, Stop stop, PrintWriter err) {
        try {
            while (!stop.isAsked()) {
                if (Terminal.interactive()) {
                    int filled = (int) ((long) crowd.started() * BAR / agents);
                    err.print("\r[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] started " + crowd.started()
                            + "/" + agents + "  " + crowd.progress() + "   ");
                    err.flush();
                }
                stop.await(500);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(Crowd.Counts counts) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(words(counts));
        out.flush();
    }

    private String words(Crowd.Counts counts) {
        return json ? Json.text(counts.json()) : System.lineSeparator() + counts.text();
    }
}
