// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cli.cpe.AcsAddress;
import dev.pharos.cli.cpe.CpeProgram;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which ACS manages the device over TR-069, beside controllers or instead of them.
final class AcsOptions {
    private static final Pattern ADDRESS_AND_PORT = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([0-9.]+)):([0-9]{1,5})");
    private static final int MOST_PORT = 65_535;

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

    @Option(
            names = "--acs-listen",
            paramLabel = "ADDRESS:PORT",
            description = {
                "Where the ACS can call the device, over HTTP with a login that the ACS writes: an address of this host by",
                "which the ACS reaches it, and a port, 0 for any; or off. By default 127.0.0.1:0 for an ACS on this host,",
                "off for any other."
            })
    @Nullable
    String listen;

    @Option(
            names = "--lan-page",
            paramLabel = "ADDRESS:PORT",
            description = {
                "Open a page over HTTP by which whoever reaches it asks the provider for firmware or a configuration, and by",
                "which pages of the provider have the device call it: an address of this host in the home network, and a",
                "port, 0 for any. Off by default."
            })
    @Nullable
    String lanPage;

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
            case "acs-listen" -> listen = value;
            case "lan-page" -> lanPage = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Which of them were said, by name.
    Map<String, Boolean> said() {
        return Map.of(
                "acs", url != null,
                "acs-username", username != null,
                "acs-password-file", passwordFile != null,
                "acs-listen", listen != null,
                "lan-page", lanPage != null);
    }

    /// The contact to the ACS, where there is one; not yet begun.
    ///
    /// @throws WrongUsageException saying which option is wrong
    Optional<Contact> contact(Place place, PrintWriter err) throws IOException {
        String acs = url;
        if (acs == null) {
            if (username != null || passwordFile != null || listen != null || lanPage != null) {
                throw new WrongUsageException(
                        "--acs-username, --acs-password-file, --acs-listen and --lan-page need --acs");
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
        Contact contact = new Contact(program, timer);
        program.watchStandby();
        try {
            open(program, address, err);
        } catch (WrongUsageException unusable) {
            contact.close();
            throw unusable;
        }
        return Optional.of(contact);
    }

    private void open(CpeProgram program, AcsAddress address, PrintWriter err) {
        Optional<InetSocketAddress> calls = calls(address);
        if (calls.isPresent()) {
            try {
                program.callable(calls.get());
            } catch (IOException unusable) {
                throw new WrongUsageException("--acs-listen: " + unusable.getMessage());
            }
        }
        if (lanPage != null) {
            try {
                if (place("--lan-page", lanPage).getAddress().isAnyLocalAddress()) {
                    throw new WrongUsageException("--lan-page: name the address in the home network: " + lanPage);
                }
                err.println("page for the people at home at " + program.openPage(place("--lan-page", lanPage)));
                err.flush();
            } catch (IOException unusable) {
                throw new WrongUsageException("--lan-page: " + unusable.getMessage());
            }
        }
    }

    private Optional<InetSocketAddress> calls(AcsAddress address) {
        String wanted = listen;
        if (wanted == null) {
            return address.isOnThisHost()
                    ? Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    : Optional.empty();
        }
        if (wanted.equals("off")) {
            return Optional.empty();
        }
        InetSocketAddress at = place("--acs-listen", wanted);
        if (at.getAddress().isAnyLocalAddress()) {
            throw new WrongUsageException(
                    "--acs-listen: name the address by which the ACS reaches this host: " + wanted);
        }
        return Optional.of(at);
    }

    private static InetSocketAddress place(String option, String wanted) {
        Matcher parts = ADDRESS_AND_PORT.matcher(wanted);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > MOST_PORT) {
            throw new WrongUsageException(option + " must be ADDRESS:PORT, such as 192.0.2.7:7547"
                    + (option.equals("--acs-listen") ? ", or off" : "") + ": " + wanted);
        }
        try {
            return new InetSocketAddress(
                    InetAddress.ofLiteral(parts.group(1) == null ? parts.group(2) : parts.group(1)),
                    Integer.parseInt(parts.group(3)));
        } catch (IllegalArgumentException noAddress) {
            throw new WrongUsageException(option + ": no IP address: " + wanted);
        }
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
