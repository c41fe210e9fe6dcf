// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cli.cpe.AcsAddress;
import dev.pharos.cli.cpe.CpeProgram;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which ACS manages the device over TR-069, beside controllers or instead of them.
final class AcsOptions {
    @Option(
            names = "--acs",
            paramLabel = "URL",
            description =
                    "Be managed over TR-069 by the ACS at http(s)://HOST:PORT/PATH, beside a controller or alone.")
    @Nullable
    String url;

    @Option(names = "--acs-username", paramLabel = "NAME", description = "Login at the ACS.")
    @Nullable
    String username;

    @Option(names = "--acs-password-file", paramLabel = "FILE", description = "Holds its password, one line.")
    @Nullable
    Path passwordFile;

    boolean isUsed() {
        return url != null;
    }

    /// Takes an option that is written plainly.
    ///
    /// @return false where it is none of these
    boolean take(String name, String value) {
        switch (name) {
            case "acs" -> url = value;
            case "acs-username" -> username = value;
            case "acs-password-file" -> passwordFile = Path.of(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// The contact to the ACS, where there is one; not yet begun.
    ///
    /// @throws WrongUsageException saying which option is wrong
    Optional<Contact> contact(Place place, PrintWriter err) throws IOException {
        String acs = url;
        if (acs == null) {
            if (username != null || passwordFile != null) {
                throw new WrongUsageException("--acs-username and --acs-password-file need --acs");
            }
            return Optional.empty();
        }
        AcsAddress address;
        try {
            address = AcsAddress.parse(acs, username == null ? "" : username, password(), place.insecure());
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException("--acs: " + wrong.getMessage());
        }
        SharedTimer timer = new SharedTimer();
        CpeProgram program = new CpeProgram(
                address, place.folder(), place.trust(), AgentRuntime.with(timer), place.canRestart(), line -> {
                    err.println(line);
                    err.flush();
                });
        return Optional.of(new Contact(program, timer));
    }

    private String password() throws IOException {
        Path file = passwordFile;
        if (file == null) {
            return "";
        }
        if (!Files.isReadable(file)) {
            throw new WrongUsageException("--acs-password-file: cannot read " + file);
        }
        return Files.readString(file).strip();
    }

    /// What the contact needs of the agent.
    ///
    /// @param insecure whether another host may be reached without encryption
    record Place(Path folder, CpeProgram.Trust trust, boolean canRestart, boolean insecure) {}

    /// The contact with the timer that it runs by.
    record Contact(CpeProgram program, SharedTimer timer) implements AutoCloseable {
        @Override
        public void close() {
            program.close();
            timer.close();
        }
    }
}
