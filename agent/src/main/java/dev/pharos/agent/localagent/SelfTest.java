// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `Device.SelfTestDiagnostics()`: whether the agent can keep what it is told, knows the time, has a
/// connection, and whether the device answers for every parameter.
public final class SelfTest {
    private static final String FILE = "self-test";
    private static final int LONGEST_RESULT = 1_024;
    /// A clock that says less has not been set.
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private final Optional<Path> directory;
    private final Clock clock;

    /// @param directory where the agent keeps things; empty where it keeps nothing
    public SelfTest(Optional<Path> directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /// @return the output arguments
    Map<String, String> run(Snapshot snapshot) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        List<String> results = new ArrayList<>();
        results.add("storage: " + storage(failures));
        results.add("clock: " + time(failures));
        results.add("connections: " + connections(snapshot, failures));
        results.add("data model: " + parameters(snapshot, failures));
        String text = String.join("; ", failures.isEmpty() ? results : failures);
        return Map.of(
                "Status",
                failures.isEmpty() ? "Complete" : "Error_Other",
                "Results",
                text.substring(0, Math.min(text.length(), LONGEST_RESULT)));
    }

    private String storage(List<String> failures) {
        if (directory.isEmpty()) {
            return "none, all is kept in memory";
        }
        Path file = directory.get().resolve(FILE);
        try {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1));
                channel.force(true);
            }
            Files.delete(file);
        } catch (IOException unusable) {
            failures.add("storage: cannot be written");
        }
        return "writable";
    }

    private String time(List<String> failures) {
        if (clock.instant().isBefore(EARLIEST)) {
            failures.add("clock: not set");
        }
        return "set";
    }

    private static String connections(Snapshot snapshot, List<String> failures) {
        List<ObjectInstance> transports = snapshot.object(LocalAgentModel.LOCAL_AGENT)
                .map(agent -> agent.rows("MTP"))
                .orElse(List.of());
        long up = transports.stream()
                .filter(row -> row.value("Status").filter("Up"::equals).isPresent())
                .count();
        if (up == 0 && !transports.isEmpty()) {
            failures.add("connections: none of " + transports.size() + " transports is up");
        }
        return up + " of " + transports.size() + " transports up";
    }

    private static String parameters(Snapshot snapshot, List<String> failures) throws InterruptedException {
        return read(snapshot.root(), failures) + " parameters read";
    }

    private static int read(ObjectInstance object, List<String> failures) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled");
        }
        int count = 0;
        for (ParameterDefinition parameter : object.definition().parameters()) {
            try {
                count += object.value(parameter.name()).isPresent() ? 1 : 0;
            } catch (UspException silent) {
                failures.add("data model: no answer for " + object.path() + parameter.name());
            }
        }
        for (ObjectInstance child : object.children()) {
            count += read(child, failures);
        }
        return count;
    }
}
