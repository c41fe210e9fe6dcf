// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.program;

import dev.pharos.usp.Bytes;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program that is run with an action and its arguments, without any shell, with nothing in its environment but
/// `PATH` and `LC_ALL=C`, and with a time limit. Thread-safe.
///
/// @param file to run
/// @param called what people call it: `the installer`
public record HostProgram(Path file, String called) {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// How a run ended.
    ///
    /// @param program what people call it
    /// @param action the first word that it was run with; empty where there was none
    /// @param output as much of it as was wanted
    public record Outcome(String program, String action, int status, Bytes output) {
        /// Those that are not empty.
        public List<String> lines() {
            return new String(output.toByteArray(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }

        /// @return itself
        /// @throws UspException 7022 with what the program said last, where it ended with anything but 0
        public Outcome mustBeGood() {
            if (status == 0) {
                return this;
            }
            List<String> said = lines();
            String why = said.isEmpty() ? "" : ": " + shown(said.getLast(), Limits.LINE);
            throw failure(program + " ends" + (action.isEmpty() ? "" : " its " + action) + " with " + status + why);
        }
    }

    /// Runs it to its end; what it has to say beyond the usual is for nobody.
    ///
    /// @param longest after which it is ended
    /// @throws UspException 7022 where it cannot be run, or did not end
    public Outcome run(Duration longest, String... words) throws InterruptedException {
        return run(longest, Limits.OUTPUT, words);
    }

    /// @param most bytes of its output that are wanted
    public Outcome run(Duration longest, int most, String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(file.toAbsolutePath().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LC_ALL", "C");
        String action = words.length == 0 ? "" : words[0];
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException failed) {
            throw failure(called + " cannot be run: " + failed.getMessage());
        }
        try {
            FutureTask<Bytes> output = new FutureTask<>(() -> read(process.getInputStream(), most));
            Thread.ofVirtual().name("program-output").start(output);
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure(called + " did not end" + (action.isEmpty() ? "" : " its " + action) + " in "
                        + longest.toSeconds() + " s");
            }
            return new Outcome(called, action, process.exitValue(), said(output));
        } finally {
            end(process);
        }
    }

    /// What it has started and left behind may keep its output open for ever.
    private static Bytes said(FutureTask<Bytes> output) throws InterruptedException {
        try {
            return output.get(Limits.GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unreadable) {
            return Bytes.EMPTY;
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

    private static Bytes read(InputStream output, int most) throws IOException {
        byte[] said = output.readNBytes(most);
        // a full pipe would keep it from ending
        output.transferTo(OutputStream.nullOutputStream());
        return Bytes.adopt(said);
    }

    /// What a program said, as people may see it.
    ///
    /// @param most characters
    public static String shown(String text, int most) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= most ? plain : plain.substring(0, most);
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
