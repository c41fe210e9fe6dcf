// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The program of the operator's that knows how images get onto this host, as docs/firmware.md says. It is run with an
/// action and its arguments, without any shell, with nothing in its environment but `PATH` and `LC_ALL=C`, and with a
/// time limit. Thread-safe.
///
/// @param program the file to run
public record FirmwareInstaller(Path program) {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String VERSION = "version=";

    /// The version of the image that runs; empty where the installer does not say it.
    public Optional<String> version() {
        try {
            Outcome outcome = run(Limits.ANSWER, "version");
            return outcome.lines().stream()
                    .filter(line -> outcome.status() == 0)
                    .findFirst()
                    .map(line -> bounded(line, Limits.NAME));
        } catch (UspException failed) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Puts an image into a slot from which the host does not run.
    ///
    /// @return the version of the image, where the installer says it in a line `version=…`
    /// @throws UspException 7022 with what the installer said last
    Optional<String> install(Path image, int slot) throws InterruptedException {
        Outcome outcome = mustSucceed(
                run(Limits.INSTALL, "install", image.toAbsolutePath().toString(), Integer.toString(slot)));
        return outcome.lines().stream()
                .filter(line -> line.startsWith(VERSION))
                .map(line -> bounded(line.substring(VERSION.length()).strip(), Limits.NAME))
                .filter(version -> !version.isEmpty())
                .findFirst();
    }

    /// Has the host boot from a slot next time.
    ///
    /// @throws UspException 7022 with what the installer said last
    void select(int slot) throws InterruptedException {
        mustSucceed(run(Limits.ANSWER, "select", Integer.toString(slot)));
    }

    /// Restarts the host, or whatever of it the images are of.
    ///
    /// @throws UspException 7022 with what the installer said last
    void restart() throws InterruptedException {
        mustSucceed(run(Limits.ANSWER, "restart"));
    }

    private record Outcome(String action, int status, List<String> lines) {}

    private static Outcome mustSucceed(Outcome outcome) {
        if (outcome.status() == 0) {
            return outcome;
        }
        String said =
                outcome.lines().isEmpty() ? "" : ": " + bounded(outcome.lines().getLast(), Limits.LINE);
        throw failure("the installer ends its " + outcome.action() + " with " + outcome.status() + said);
    }

    private Outcome run(Duration longest, String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toAbsolutePath().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException failed) {
            throw failure("the installer cannot be run: " + failed.getMessage());
        }
        try {
            FutureTask<String> output = new FutureTask<>(() -> read(process.getInputStream()));
            Thread.ofVirtual().name("installer-output").start(output);
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("the installer did not end its " + words[0] + " in " + longest.toSeconds() + " s");
            }
            return new Outcome(words[0], process.exitValue(), lines(output));
        } finally {
            end(process);
        }
    }

    /// What it has started and left behind may keep its output open for ever.
    private static List<String> lines(FutureTask<String> output) throws InterruptedException {
        try {
            return output.get(Limits.GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (ExecutionException | TimeoutException unreadable) {
            return List.of();
        }
    }

    /// With all that it has started, nothing of which may go on writing.
    private static void end(Process process) throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(Limits.GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static String read(InputStream output) throws IOException {
        String text = new String(output.readNBytes(Limits.OUTPUT), StandardCharsets.UTF_8);
        // a full pipe would keep it from ending
        output.transferTo(OutputStream.nullOutputStream());
        return text;
    }

    private static String bounded(String text, int most) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= most ? plain : plain.substring(0, most);
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
