// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.cpe.CpeFleet;
import dev.pharos.cli.rest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Devices of an ACS.
///
/// @param scratch where they keep what they remember, which goes with them; empty where they were given a place
record CwmpCrowd(CpeFleet fleet, int devices, Optional<Path> scratch) implements Crowd {
    private static final Logger LOG = LoggerFactory.getLogger(CwmpCrowd.class);

    @Override
    public void run() throws IOException {
        fleet.run();
    }

    @Override
    public int started() {
        return fleet.counts().started();
    }

    @Override
    public String progress() {
        CpeFleet.Counts counts = fleet.counts();
        return "in contact " + counts.inContact() + "  sessions " + counts.sessions() + "  lost " + counts.lost();
    }

    @Override
    public Counts counts() {
        CpeFleet.Counts counts = fleet.counts();
        String text = "started " + counts.started() + " of " + devices + " devices, " + counts.inContact()
                + " in contact at the end, " + counts.sessions() + " sessions, " + counts.lost() + " lost"
                + (counts.lastLoss().isEmpty() ? "" : " (last: " + counts.lastLoss() + ")");
        return new Counts(
                text,
                Json.object()
                        .put("devices", devices)
                        .put("started", counts.started())
                        .put("inContactAtEnd", counts.inContact())
                        .put("sessions", counts.sessions())
                        .put("lost", counts.lost())
                        .put("lastLoss", counts.lastLoss()));
    }

    @Override
    public void close() {
        fleet.close();
        scratch.ifPresent(CwmpCrowd::delete);
    }

    private static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException stays) {
            LOG.warn("what the fleet kept stays in {}: {}", folder, stays.getMessage());
        }
    }
}
