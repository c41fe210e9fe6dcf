// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cli.rest.DataFolder;
import dev.pharos.cli.rest.ServerAddress;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.modules.ModulesConfig;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `pharos demo`: a controller on its embedded defaults and a simulated home gateway for each transport, one of them
/// over TR-069.
@Command(
        name = "demo",
        description = {
            "Runs a controller on its embedded defaults and a simulated home gateway for each transport, one of them over",
            "TR-069, until Ctrl-C.",
            "Takes every option of `pharos server`."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos demo",
            "  pharos demo --prplos",
            "  pharos demo --http 9090 --data /tmp/try"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final List<String> TRANSPORTS = List.of("ws", "mqtt", "stomp");
    private static final int CLIENTS = 8;
    private static final Duration PACE = Duration.ofSeconds(15);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--prplos",
            description = {
                "Also runs a gateway with OpenWrt's configuration files, in the data folder, and a ubus of its own,",
                "and says what is called there."
            })
    private boolean prplos;

    @Unmatched
    private List<String> serverOptions = new ArrayList<>();

    private final List<RunningGateway> gateways = new ArrayList<>();
    private final List<SoftwareModules> modules = new ArrayList<>();

    /// Closed on the thread of the signal.
    private volatile @Nullable DemoCwmpGateway cwmp;
    /// Closed on the thread of the signal.
    private volatile @Nullable DemoGateway openWrt;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path data = data();
        ServerChild server = ServerChild.start(serverOptions, spec.commandLine().getErr());
        SharedTimer timer = new SharedTimer();
        Stop stop = Stop.onSignal(() -> {
            gateways.forEach(RunningGateway::close);
            modules.forEach(SoftwareModules::close);
            DemoGateway running = openWrt;
            if (running != null) {
                running.close();
            }
            DemoCwmpGateway older = cwmp;
            if (older != null) {
                older.close();
            }
            timer.close();
            server.close();
        });
        Optional<String> ready = server.awaitReady();
        if (ready.isEmpty()) {
            return stop.isAsked() ? 0 : server.awaitExit();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(ready.get());
        out.flush();
        startGateways(ready.get(), data, timer);
        Optional<String> acs = address(ready.get(), "cwmp");
        if (acs.isPresent()) {
            cwmp = DemoCwmpGateway.start(
                    data.resolve("demo").resolve("cwmp"),
                    acs.get(),
                    timer,
                    spec.commandLine().getErr());
        }
        if (prplos) {
            startOpenWrt(ready.get(), data, timer, out);
        }
        explain(ready.get(), data, out);
        while (!stop.isAsked() && server.isAlive()) {
            stop.await(500);
        }
        if (stop.isAsked()) {
            stop.await();
            return 0;
        }
        spec.commandLine().getErr().println("pharos: the server has ended");
        return ExitStatus.DENIED;
    }

    private Path data() {
        return DataFolder.of(valueOf("--data", serverOptions).map(Path::of).orElse(null));
    }

    private EndpointId controllerId() {
        return EndpointId.of(valueOf("--endpoint-id", serverOptions).orElse("self::pharos"));
    }

    /// The value of an option that the server takes, written `--option VALUE` or `--option=VALUE`.
    static Optional<String> valueOf(String option, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith(option + "=")) {
                return Optional.of(words.get(i).substring(option.length() + 1));
            }
            if (words.get(i).equals(option) && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /// With software modules, real ones, as who runs the demonstration; without where this host cannot run any.
    private SimulatedAgent withModules(SimulatedAgent gateway, Path folder) throws InterruptedException {
        try {
            SoftwareModules opened = SoftwareModules.open(
                    ModulesConfig.of(folder.resolve("modules"), RunAs.self(), ServerTrust.OF_THE_RUNTIME));
            modules.add(opened);
            return gateway.within(gateway.surroundings().backedBy(ModulesOptions.elements(opened, true)));
        } catch (IOException missing) {
            spec.commandLine().getErr().println("pharos: no software modules: " + missing.getMessage());
            return gateway;
        }
    }

    private void startGateways(String ready, Path data, SharedTimer timer) throws IOException, InterruptedException {
        int number = 0;
        for (String transport : TRANSPORTS) {
            number++;
            Optional<String> url = address(ready, transport);
            if (url.isEmpty()) {
                continue;
            }
            String serial = "DEMO" + transport.toUpperCase(java.util.Locale.ROOT);
            Path folder = data.resolve("demo").resolve(transport);
            SimulatedAgent plan = SimulatedAgent.of(serial, number)
                    .withPace(PACE)
                    .withClients(CLIENTS)
                    .withData(folder);
            RunningGateway gateway = withModules(plan, folder)
                    .at(
                            ControllerAddress.parse(url.get(), Access.NONE),
                            controllerId(),
                            ControllerRole.FULL,
                            UnaryOperator.identity(),
                            AgentRuntime.with(timer));
            gateways.add(gateway);
            gateway.start();
        }
    }

    private void startOpenWrt(String ready, Path data, SharedTimer timer, PrintWriter out)
            throws IOException, InterruptedException {
        Optional<String> url = TRANSPORTS.stream()
                .flatMap(transport -> address(ready, transport).stream())
                .findFirst();
        if (url.isEmpty()) {
            throw new WrongUsageException("--prplos needs a transport: --ws, --mqtt or --stomp");
        }
        openWrt = DemoGateway.start(data.resolve("demo").resolve("prplos"), url.get(), controllerId(), timer, call -> {
            out.println("ubus: " + call);
            out.flush();
        });
    }

    private static Optional<String> address(String ready, String listener) {
        Matcher found = Pattern.compile("\\b" + listener + "=(\\S+)").matcher(ready);
        return found.find() && !found.group(1).equals("off") ? Optional.of(found.group(1)) : Optional.empty();
    }

    private void explain(String ready, Path data, PrintWriter out) {
        String page = address(ready, "http").orElse("");
        String gateway = gateways.isEmpty() ? "ID" : "os::0200F0-DEMOWS";
        out.println();
        try {
            ServerAddress server = ServerAddress.find(data);
            out.println("The page, signed in:  " + page + "/#token=" + server.token());
        } catch (UnreachableException unreadable) {
            out.println("The page:  " + page + "   (" + unreadable.getMessage() + ")");
        }
        String where = data.equals(DataFolder.of(null)) ? "" : " --data " + data;
        out.println();
        out.println("Try, in a second shell:");
        out.println("  ./pharos devices" + where);
        out.println("  ./pharos get " + gateway + " Device.DeviceInfo." + where);
        out.println("  ./pharos watch" + where);
        out.println("  ./pharos set " + gateway + " Device.WiFi.SSID.1.SSID=MyNetwork" + where);
        out.println(
                "  ./pharos add " + gateway + " Device.NAT.PortMapping. Description=door ExternalPort=8080" + where);
        if (cwmp != null) {
            out.println();
            out.println("And the gateway that speaks TR-069 alone:");
            out.println("  ./pharos set " + DemoCwmpGateway.ID + " Device.WiFi.SSID.1.SSID=MyNetwork" + where);
            out.println(
                    "  ./pharos migrate " + DemoCwmpGateway.ID + " --settle 10 --wait" + where + "    moves it to USP");
        }
        DemoGateway running = openWrt;
        if (running != null) {
            out.println();
            out.println("And the gateway with OpenWrt, of which the calls on ubus are shown here:");
            out.println("  ./pharos set " + DemoGateway.ID + " Device.WiFi.SSID.1.SSID=MyNetwork" + where);
            out.println("  cat " + running.wireless());
        }
        out.println();
        out.println("Ctrl-C ends it; a second start goes on with the same data (" + data + ").");
        out.flush();
    }
}
