// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import dev.pharos.usp.Frozen;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A container as its runtime knows it. Which processes are in it is for its [Cage], which holds the runtime
/// too.
///
/// @param runtime the program with what is said to it each time
/// @param state folder in which the runtime keeps what it knows of containers
/// @param id no other container of this runtime has it
/// @param stopSignal by which its first process is asked to end
public record Container(List<String> runtime, Path state, String id, String stopSignal) {
    private static final Logger LOG = LoggerFactory.getLogger(Container.class);

    public Container {
        runtime = Frozen.list(runtime);
    }

    /// The command that is there as long as the container is, and ends as its first process does.
    List<String> run(Path bundle) {
        return command("run", "--bundle", bundle.toString(), id);
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(runtime);
        command.addAll(List.of(words));
        return command;
    }

    /// Asks its first process to end.
    ///
    /// @return whether that could be said
    boolean ask() throws InterruptedException {
        return tell("kill", id, stopSignal);
    }

    /// What the runtime knows of it is removed; none of its processes is there any more.
    void forget() throws InterruptedException {
        if (Files.exists(state.resolve(id)) && !tell("delete", "--force", id)) {
            LOG.warn("what the runtime of containers knows of {} stays in {}", id, state);
        }
    }

    private boolean tell(String... words) throws InterruptedException {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command(words)).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
            builder.environment().clear();
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(Limits.KILLED.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException failed) {
            LOG.warn("the runtime of containers cannot be run: {}", failed.getMessage());
            return false;
        }
    }
}
