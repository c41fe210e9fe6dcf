// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// A program of the host, run once. No shell is involved, and whatever happens it does not go on afterwards.
final class ProgramRun {
    private ProgramRun() {}

    /// Waits for the end of a program.
    ///
    /// @param command the program and its arguments
    /// @return what it printed, at most [Limits#OUTPUT] bytes of it
    /// @throws UspException 7022 where it cannot be run, or is ended since it takes longer than it may
    /// @throws InterruptedException where it is cancelled; the program is ended
    static String output(List<String> command, Duration longest) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        // the output is read, which other languages would make impossible
        environment.put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException failed) {
            throw failure(command.getFirst() + " cannot be run: " + failed.getMessage());
        }
        try {
            FutureTask<String> output = new FutureTask<>(() -> read(process.getInputStream()));
            Thread.ofVirtual().name("program-output").start(output);
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure(command.getFirst() + " did not end in " + longest.toSeconds() + " seconds");
            }
            return output.get();
        } catch (ExecutionException unreadable) {
            throw failure(command.getFirst() + " cannot be read: " + unreadable.getCause());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(InputStream output) throws IOException {
        String text = new String(output.readNBytes(Limits.OUTPUT), StandardCharsets.UTF_8);
        // a full pipe would keep the program from ending
        output.transferTo(OutputStream.nullOutputStream());
        return text;
    }

    /// Why a program did nothing, in its own words.
    static UspException refused(String name, String output) {
        String said = output.lines().filter(line -> !line.isBlank()).findFirst().orElse("it said nothing");
        String tame = said.replaceAll("[^ -~]", "?").strip();
        return failure(name + " measured nothing: " + tame.substring(0, Math.min(tame.length(), 200)));
    }

    static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
