// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// IPPing() by the host's own `ping` of iputils. No shell is involved.
final class Ping {
    private static final List<String> PLACES =
            List.of("/usr/bin/ping", "/bin/ping", "/usr/sbin/ping", "/sbin/ping", "/usr/local/bin/ping");

    /// The shortest that ping allows everybody.
    private static final long INTERVAL_MILLIS = 200;

    /// An IP packet has 65535 bytes, of which 28 are headers.
    private static final long LARGEST_BLOCK = 65_507;

    /// Names and addresses, perhaps with a zone; never what ping would take for an option.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9_.:-]{0,253}(%[A-Za-z0-9_.-]{1,15})?");

    private final HostFiles files;

    Ping(HostFiles files) {
        this.files = files;
    }

    boolean isInstalled() {
        return binary().isPresent();
    }

    private Optional<String> binary() {
        return PLACES.stream()
                .map(files::path)
                .filter(Files::isExecutable)
                .map(path -> path.toString())
                .findFirst();
    }

    static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, why);
    }

    /// @param link the name of the link to send by; empty for any
    /// @throws InterruptedException when cancelled; ping is ended
    Map<String, String> run(CommandCall call, String link) throws InterruptedException {
        String host = call.input("Host", "");
        if (!HOST.matcher(host).matches()) {
            throw wrong("no host name or IP address: Host");
        }
        long count = number(call, "NumberOfRepetitions", 3);
        long timeout = number(call, "Timeout", 1_000);
        if (count < 1 || count > Limits.PINGS) {
            throw wrong("NumberOfRepetitions is 1 to " + Limits.PINGS + " here");
        }
        if (timeout < 1 || timeout > Limits.PING_TIMEOUT.toMillis()) {
            throw wrong("Timeout is 1 to " + Limits.PING_TIMEOUT.toMillis() + " here");
        }
        String binary = binary().orElseThrow(() ->
                new UspException(StandardErrorCode.COMMAND_FAILURE, "this host has no ping program; install iputils"));
        return execute(command(binary, call, link, host, count, timeout), count, timeout);
    }

    private static List<String> command(
            String binary, CommandCall call, String link, String host, long count, long timeout) {
        List<String> command = new ArrayList<>(List.of(binary, "-n"));
        switch (call.input("ProtocolVersion", "Any")) {
            case "IPv4" -> command.add("-4");
            case "IPv6" -> command.add("-6");
            default -> {}
        }
        if (!link.isEmpty()) {
            command.addAll(List.of("-I", link));
        }
        long size = number(call, "DataBlockSize", 56);
        if (size > LARGEST_BLOCK) {
            throw wrong("DataBlockSize is at most " + LARGEST_BLOCK);
        }
        long dscp = number(call, "DSCP", 0);
        command.addAll(List.of("-c", Long.toString(count), "-i", "0.2", "-s", Long.toString(size)));
        command.addAll(List.of("-Q", Long.toString(dscp << 2), "-W", Long.toString(Math.ceilDiv(timeout, 1_000))));
        command.addAll(List.of("--", host));
        return command;
    }

    private static long number(CommandCall call, String name, long otherwise) {
        return HostFiles.parse(call.input(name, Long.toString(otherwise)))
                .orElseThrow(() -> wrong("no number: " + name));
    }

    private static Map<String, String> execute(List<String> command, long count, long timeout)
            throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // the output is read below, which other languages would make impossible
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException failed) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "ping cannot be run: " + failed.getMessage());
        }
        try {
            FutureTask<String> output = new FutureTask<>(() -> read(process.getInputStream()));
            Thread.ofVirtual().name("ping-output").start(output);
            long longest = count * INTERVAL_MILLIS + timeout + Limits.PING_EXTRA.toMillis();
            if (!process.waitFor(longest, TimeUnit.MILLISECONDS)) {
                throw new UspException(StandardErrorCode.COMMAND_FAILURE, "ping did not end in " + longest + " ms");
            }
            return PingReport.read(output.get(), count, timeout).outputs();
        } catch (ExecutionException unreadable) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "ping cannot be read: " + unreadable.getCause());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(InputStream output) throws IOException {
        String text = new String(output.readNBytes(Limits.PING_OUTPUT), StandardCharsets.UTF_8);
        // a full pipe would keep ping from ending
        output.transferTo(OutputStream.nullOutputStream());
        return text;
    }
}
