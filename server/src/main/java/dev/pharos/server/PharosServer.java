// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/// The program: `pharos server`.
@Command(
        name = "pharos server",
        mixinStandardHelpOptions = true,
        versionProvider = PharosServer.Version.class,
        sortOptions = false,
        description = "Runs the USP controller: its listeners for devices, its REST interface and its page.",
        footer = {
            "",
            "Examples:",
            "  pharos server                                    everything on its usual port, on this host only",
            "  pharos server --data /tmp/try --http 0 --ws 0    another folder and free ports",
            "  pharos server --host 0.0.0.0 --http off --ws off --mqtt off --stomp off --https 8443 --wss 8184 \\\\",
            "                --cert cert.pem --key key.pem      for others, over TLS",
            "  pharos server … --est 8085 --signer a.pem --signer-key a.key   devices enrol: docs/enrolment.md",
            "  pharos server --host 0.0.0.0 --announce …           so that agents on this network find it",
            "  pharos server --database 'jdbc:postgresql://db/pharos?user=pharos&password=secret'",
            "",
            "When it is ready it prints one line (ready http=… ws=… mqtt=… stomp=… cwmp=… uds=…) and writes",
            "DIR/connection.json, which the other commands read. Ctrl-C or SIGTERM stops it.",
            "Exit status: 0 stopped as asked, 1 it could not start, 2 wrong usage."
        })
public final class PharosServer implements Callable<Integer> {
    @Mixin
    private final ServerOptions options = new ServerOptions();

    private PharosServer() {}

    /// Runs until it is told to stop.
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new PharosServer());
        line.registerConverter(EndpointId.class, PharosServer::endpointId);
        int status = line.execute(arguments);
        // a virtual or pool thread of some library may linger; the operator wants the prompt
        System.exit(status);
    }

    private static EndpointId endpointId(String text) {
        try {
            return EndpointId.parse(text);
        } catch (MalformedInputException malformed) {
            throw new TypeConversionException(malformed.detail());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        try {
            RunningServer server = RunningServer.start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            System.out.println(server.readyLine());
            System.out.flush();
            if (options.stopWithParent) {
                Thread.ofPlatform().daemon().name("parent-watch").start(() -> awaitParent(stop));
            }
            // ends by --stop-with-parent; a signal runs the hook instead and never comes back here
            stop.await();
            return CommandLine.ExitCode.OK;
        } catch (StartException failed) {
            System.err.println("pharos server: " + failed.getMessage());
            return failed.exitStatus();
        }
    }

    private static void awaitParent(CountDownLatch stop) {
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException gone) {
            System.err.println("pharos server: standard input is gone, the server stops");
        }
        stop.countDown();
    }

    /// What `--version` says.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"pharos " + RunningServer.version()};
        }
    }
}
