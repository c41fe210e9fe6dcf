// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What an agent keeps in its data directory, for the program that carries out a FactoryReset().
public final class KeptState {
    private static final List<String> SETTINGS = List.of(
            "datamodel.journal",
            "notifications.journal",
            "certificates.pem",
            "requests.properties",
            "cwmp.properties",
            "cwmp-outbox.properties",
            "cwmp-diagnostics.properties");

    private KeptState() {}

    /// Forgets settings, subscriptions, certificates, notifications, requests and the ACS, so that the next start is as
    /// from the factory. Why it happens is still told in its Boot!.
    ///
    /// @param directory of an agent that is closed
    public static void erase(Path directory) throws IOException {
        for (String file : SETTINGS) {
            Files.deleteIfExists(directory.resolve(file));
        }
    }
}
