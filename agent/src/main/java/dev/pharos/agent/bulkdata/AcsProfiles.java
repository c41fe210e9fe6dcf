// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.localagent.KeptProperties;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which profiles the ACS has made, or whoever else administers the device without being a controller. `Controller` is
/// empty in them; but that it is empty says nothing, since it also is where the controller has just been removed, and
/// nobody must get the rights of an ACS by that. Hence they are written down. Thread-safe.
final class AcsProfiles {
    private static final Logger LOG = LoggerFactory.getLogger(AcsProfiles.class);
    private static final String FILE = "bulk-acs-profiles.properties";

    private final KeptProperties file;
    private final Set<String> paths = new TreeSet<>();

    AcsProfiles(Optional<Path> dataDirectory) {
        this.file = new KeptProperties(dataDirectory, FILE);
    }

    /// What an earlier process has written down.
    synchronized void load() {
        try {
            paths.addAll(file.load().stringPropertyNames());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Whether the ACS has made this profile.
    synchronized boolean has(ObjectInstance profile) {
        return paths.contains(profile.path())
                && profile.value("Controller").orElse("").isEmpty();
    }

    /// It is made by the ACS. Safe when this returns, before the row is.
    ///
    /// @throws UspException 7003 where it cannot be written down
    synchronized void add(ObjectInstance profile) {
        if (paths.add(profile.path())) {
            try {
                store();
            } catch (IOException full) {
                paths.remove(profile.path());
                throw new UspException(
                        StandardErrorCode.INTERNAL_ERROR, "whose profile it is cannot be stored: " + full.getMessage());
            }
        }
    }

    /// Forgets those that are not there, or are a controller's.
    ///
    /// @param profiles all that there are
    synchronized void retainOnly(List<ObjectInstance> profiles) {
        Set<String> left = new TreeSet<>();
        profiles.stream().filter(this::has).map(ObjectInstance::path).forEach(left::add);
        if (paths.retainAll(left)) {
            try {
                store();
            } catch (IOException full) {
                LOG.warn("profiles that are gone stay in {}: {}", FILE, full.getMessage());
            }
        }
    }

    private void store() throws IOException {
        Properties words = new Properties();
        paths.forEach(path -> words.setProperty(path, "true"));
        file.store(words, "reports that belong to the ACS");
    }
}
