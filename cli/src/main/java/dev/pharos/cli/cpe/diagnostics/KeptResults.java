// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe.diagnostics;

import dev.pharos.agent.localagent.KeptProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// What each diagnostic has found last, in a file, since an ACS may hear of it only after the device has restarted.
/// Thread-safe.
final class KeptResults {
    static final String FILE = "cwmp-diagnostics.properties";

    private final KeptProperties file;
    private final Properties all;

    /// @throws IOException where the file cannot be read; its text says what to do
    KeptResults(Path folder) throws IOException {
        file = new KeptProperties(Optional.of(folder), FILE);
        all = file.load();
    }

    /// Output arguments of the last run, by name; empty where there was none.
    ///
    /// @param object with its dot
    synchronized Map<String, String> of(String object) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String name : all.stringPropertyNames()) {
            if (name.startsWith(object)) {
                found.put(name.substring(object.length()), all.getProperty(name));
            }
        }
        return found;
    }

    /// In place of those before; returns after they are safe.
    synchronized void put(String object, Map<String, String> outputs) throws IOException {
        all.keySet().removeIf(name -> name.toString().startsWith(object));
        outputs.forEach((name, value) -> all.setProperty(object + name, value));
        file.store(all, "what diagnostics have found");
    }
}
