// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.proxy.MtpProxy;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.tls.PeerRule;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pharos proxy`: agents that speak one transport reach a controller that speaks another.
@Command(
        name = "proxy",
        description = "Takes agents in over one transport, and speaks for each of them to a controller over another,"
                + " until Ctrl-C. Records pass as they are; see docs/proxy.md.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos proxy --listen unix:/run/usp/agents --controller wss://acs.example/usp --ca ca.pem",
            "  pharos proxy --listen ws://127.0.0.1:8184/usp --controller mqtts://broker.example --ca ca.pem",
            "  pharos proxy --listen mqtt://127.0.0.1:1883 --controller ws://127.0.0.1:8183/usp --status proxy.json"
        })
public final class ProxyCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "URL",
            description =
                    "Where agents come: ws:// or coap://ADDRESS:PORT/PATH on a loopback address, wss:// or coaps://"
                            + " with --cert, --key and --ca, unix:PATH, or a broker, mqtt://, mqtts://, stomp:// or"
                            + " stomps://BROKER:PORT, where the proxy listens as the controller would.")
    private String listen = "";

    @Option(
            names = "--controller",
            required = true,
            paramLabel = "URL",
            description = "Where the controller is, as pharos agent takes it: ws, wss, mqtt, mqtts, stomp, stomps, unix"
                    + " or coap.")
    private String controller = "";

    @Option(
            names = "--controller-id",
            defaultValue = "self::pharos",
            paramLabel = "ID",
            description = "The controller's Endpoint ID (default: ${DEFAULT-VALUE}).")
    private String controllerId = "";

    @Option(
            names = "--agents",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How many agents may be there at once, 10000 at most (default: ${DEFAULT-VALUE}).")
    private int agents;

    @Option(names = "--listen-username", paramLabel = "NAME", description = "For the broker where agents come.")
    private @Nullable String doorUsername;

    @Option(names = "--listen-password-file", paramLabel = "FILE", description = "Holds the password to it.")
    private @Nullable Path doorPasswordFile;

    @Option(names = "--username", paramLabel = "NAME", description = "For the controller's broker or server.")
    private @Nullable String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Holds the password to it.")
    private @Nullable Path passwordFile;

    @Option(names = "--cert", paramLabel = "FILE", description = "Our certificate, PEM.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its key, PEM.")
    private @Nullable Path key;

    @Option(names = "--ca", paramLabel = "FILE", description = "Who may vouch for agents and the controller, PEM.")
    private @Nullable Path trusted;

    @Option(
            names = "--status",
            paramLabel = "FILE",
            description = "Writes each second how all agents stand into this file, as JSON.")
    private @Nullable Path status;

    @Override
    public Integer call() throws IOException, InterruptedException {
        EndpointId id = id();
        TlsSettings tls = new TlsSettings(
                Optional.ofNullable(certificate),
                Optional.ofNullable(key),
                Optional.ofNullable(trusted),
                Optional.empty(),
                PeerRule.USUAL);
        ControllerAddress address = address(tls);
        if (agents < 1 || agents > MOST) {
            throw new WrongUsageException("--agents must be 1 to " + MOST + ": " + agents);
        }
        PrintWriter out = spec.commandLine().getOut();
        MtpProxy proxy =
                new MtpProxy(door(id, tls), id, agent -> address.transport(agent, id), agents, line -> say(out, line));
        try {
            proxy.start();
        } catch (IOException taken) {
            throw new WrongUsageException("--listen: " + taken.getMessage());
        }
        Stop stop = Stop.onSignal(proxy::close);
        say(out, "agents at " + listen + " reach " + id + " at " + address.uri());
        Path file = status;
        if (file != null) {
            keep(proxy, file, stop);
        }
        stop.await();
        return 0;
    }

    private void keep(MtpProxy proxy, Path file, Stop stop) throws InterruptedException {
        String before = "";
        while (!stop.isAsked()) {
            try {
                before = proxy.writeStatus(file, before);
            } catch (IOException failed) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("pharos: --status: " + Terminal.safe(String.valueOf(failed.getMessage())));
                err.flush();
                return;
            }
            stop.await(1000);
        }
    }

    private static synchronized void say(PrintWriter out, String line) {
        out.println(Terminal.safe(line));
        out.flush();
    }

    private EndpointId id() {
        try {
            return EndpointId.parse(controllerId);
        } catch (MalformedInputException wrong) {
            throw new WrongUsageException("--controller-id: " + wrong.getMessage());
        }
    }

    /// @param option by which the file is said
    private static Optional<String> password(@Nullable Path file, String option) throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        if (!Files.isReadable(file)) {
            throw new WrongUsageException(option + ": cannot read " + file);
        }
        return Optional.of(Files.readString(file).strip());
    }

    private Mtp door(EndpointId id, TlsSettings tls) throws IOException {
        Optional<String> word = password(doorPasswordFile, "--listen-password-file");
        if (word.isPresent() && doorUsername == null) {
            throw new WrongUsageException("--listen-password-file needs --listen-username");
        }
        Access broker = new Access(Optional.ofNullable(doorUsername), word, tls, Optional.empty());
        return new AgentDoor(listen, id, broker).transport();
    }

    private ControllerAddress address(TlsSettings tls) throws IOException {
        Optional<String> password = password(passwordFile, "--password-file");
        try {
            return ControllerAddress.parse(
                    controller, new Access(Optional.ofNullable(username), password, tls, Optional.empty()));
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException("--controller: " + wrong.getMessage());
        }
    }
}
