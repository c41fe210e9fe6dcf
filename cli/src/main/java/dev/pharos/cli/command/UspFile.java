// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.settings.ControllerField;
import dev.pharos.cli.settings.RoleWords;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.device.prplos.uci.UciListing;
import dev.pharos.device.prplos.uci.UciValue;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// `/etc/config/usp`, where a gateway says who its agent is and who manages it. Its options are those of
/// `pharos agent` with `_` for `-`; what the command line says counts more. Some are written as people on a gateway
/// expect them: [ControllerUrl] reads `controller_url`, `mtp` and `enable_tls`, `password` holds one, and `enabled`
/// is the switch that packages have.
final class UspFile {
    private static final String TYPE = "usp";
    private static final String URL = "controller_url";
    private static final String MTP = "mtp";
    private static final String TLS = "enable_tls";
    private static final String PASSWORD = "password";
    private static final String PASSWORD_FILE = "password_file";
    private static final String ENABLED = "enabled";
    private static final String ENDPOINT = "endpoint_id";
    /// Read by what starts the agent, which waits until the gateway knows what time it is.
    private static final String TIME = "wait_for_time";
    private static final String ROLE = "role";
    private static final String CONTROLLER = "controller";

    /// Told of one file: whoever has made more mistakes has copied another file here, and reads the first.
    private static final int MOST_WARNINGS = 50;

    private final Path file;
    private final Consumer<String> warn;
    private final Map<String, UciListing.Entry> entries = new LinkedHashMap<>();

    private int warnings;

    private UspFile(Path file, Consumer<String> warn) {
        this.file = file;
        this.warn = warn;
    }

    /// Reads the file into the options that the command line has left out.
    ///
    /// @param warn told of what is not understood, by name and line
    /// @throws WrongUsageException naming the file and, where there is one, the line
    static void fill(AgentOptions options, Path file, Consumer<String> warn) throws IOException {
        UspFile read = new UspFile(file, warn);
        read.choose(read.listing());
        read.into(options);
    }

    private void warn(String sentence) {
        if (warnings++ < MOST_WARNINGS) {
            warn.accept(sentence);
        }
    }

    private UciListing listing() throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw wrong("cannot be read");
        }
        try {
            return UciListing.read(file);
        } catch (MalformedInputException malformed) {
            throw wrong(malformed.detail());
        }
    }

    /// The options of the first section; there is one agent.
    private void choose(UciListing listing) {
        boolean found = false;
        for (UciListing.Section section : listing.sections()) {
            if (section.type().equals(CONTROLLER)) {
                // followed once the agent runs, as dev.pharos.cli.settings has it
                continue;
            }
            if (found || !section.type().equals(TYPE)) {
                warn(file + ": line " + section.line() + ": the section config " + section.type()
                        + (section.name().isEmpty() ? "" : " '" + section.name() + "'")
                        + (section.type().equals(TYPE) ? " is not the first of its type" : " is not known")
                        + " and counts for nothing");
                continue;
            }
            found = true;
            section.entries().forEach(this::add);
        }
        if (!found) {
            throw wrong("has no section config usp");
        }
    }

    /// No value here has lines. Where one does, a quote is missing and it holds what comes below: perhaps a password,
    /// which must not come into any sentence.
    private void add(UciListing.Entry entry) {
        entries.put(entry.name(), entry);
        if (items(entry).stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw new WrongUsageException(at(entry.name()) + "option " + entry.name()
                    + " holds a line break or another control character: a quote is missing");
        }
    }

    private void into(AgentOptions options) throws IOException {
        if (flag(ENABLED).filter(on -> !on).isPresent()) {
            throw wrong("option enabled '0': the agent is switched off");
        }
        Map<String, Boolean> said = options.said();
        takeLogin(options, said);
        options.controller = controller();
        for (UciListing.Entry entry : entries.values()) {
            switch (entry.name()) {
                case URL, MTP, TLS, ENABLED, PASSWORD, PASSWORD_FILE, TIME -> {
                    // read above, or by others
                }
                case ROLE -> takeRole(options, said, entry);
                default -> {
                    if (!ControllerField.isOption(entry.name()) || said.containsKey(entry.name())) {
                        take(options, said, entry);
                    }
                }
            }
        }
        if (options.endpointId.isEmpty()) {
            throw wrong("option " + ENDPOINT + " is missing, and so is --endpoint-id");
        }
        if ((options.certificate == null) != (options.key == null)) {
            throw wrong("option cert and option key belong together");
        }
    }

    private String controller() {
        UciListing.Entry entry = entries.get(URL);
        if (entry == null) {
            throw wrong("option " + URL + " is missing, and so is --controller");
        }
        // others of a list are further ways to the same controller, which come once the agent runs
        String url = items(entry).getFirst();
        if (url.equals(AgentProgram.DISCOVER)) {
            if (items(entry).size() > 1 || entries.containsKey(MTP) || entries.containsKey(TLS)) {
                throw new WrongUsageException(at(URL) + "option " + URL
                        + " 'discover' looks for a controller: leave out " + MTP + ", " + TLS + " and further ways");
            }
            return url;
        }
        Optional<String> mtp = text(MTP);
        Optional<Boolean> tls = flag(TLS);
        try {
            ControllerUrl read = ControllerUrl.of(url, mtp, tls);
            read.remark().ifPresent(remark -> warn(at(URL) + remark));
            return read.address();
        } catch (WrongUsageException contradiction) {
            throw new WrongUsageException(at(URL) + contradiction.getMessage());
        }
    }

    /// A login is one thing: where the command line says whose it is or what opens it, the file's password is for
    /// another door.
    private void takeLogin(AgentOptions options, Map<String, Boolean> said) throws IOException {
        Optional<String> password = text(PASSWORD);
        Optional<String> elsewhere = text(PASSWORD_FILE);
        if (password.isPresent() && elsewhere.isPresent()) {
            throw wrong("option password and option password_file contradict each other: leave one out");
        }
        if (password.isPresent() && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            warn(at(PASSWORD) + "everybody on this host can read the password here: chmod 600 " + file);
        }
        if (!said.getOrDefault("username", false) && options.passwordFile == null) {
            options.password = password.orElse(null);
            options.passwordFile = elsewhere.map(Path::of).orElse(null);
        }
    }

    /// A Role of another name is assigned once the agent runs and has it.
    private static void takeRole(AgentOptions options, Map<String, Boolean> said, UciListing.Entry entry) {
        List<String> items = items(entry);
        if (!said.getOrDefault(ROLE, false)) {
            options.take(
                    ROLE, items.size() == 1 && RoleWords.isWord(items.getFirst()) ? items.getFirst() : "untrusted");
        }
    }

    private void take(AgentOptions options, Map<String, Boolean> said, UciListing.Entry entry) {
        String name = entry.name().replace('_', '-');
        if (!said.containsKey(name)) {
            warn(at(entry.name()) + "the option " + entry.name() + " is not known and counts for nothing");
            return;
        }
        if (said.get(name)) {
            return;
        }
        if (AgentOptions.isFlag(name)) {
            flag(entry.name()).ifPresent(on -> options.take(name, Boolean.toString(on)));
            return;
        }
        for (String value : name.equals(AgentOptions.ALSO) ? items(entry) : List.of(single(entry))) {
            options.take(name, value);
        }
    }

    private static List<String> items(UciListing.Entry entry) {
        return switch (entry.value()) {
            case UciValue.Text(String text) -> List.of(text);
            case UciValue.Items(List<String> items) -> items;
        };
    }

    private String single(UciListing.Entry entry) {
        return switch (entry.value()) {
            case UciValue.Text(String text) -> text;
            case UciValue.Items _ ->
                throw new WrongUsageException(
                        at(entry.name()) + "list " + entry.name() + " must be an option: it holds one value");
        };
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(entries.get(name)).map(this::single);
    }

    /// As consumers of UCI read it.
    private Optional<Boolean> flag(String name) {
        return text(name).map(value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on", "enabled" -> true;
            case "0", "false", "no", "off", "disabled" -> false;
            default -> throw new WrongUsageException(at(name) + "option " + name + " must be 1 or 0: " + value);
        });
    }

    /// Where an option stands, before what is said of it.
    private String at(String name) {
        UciListing.Entry entry = entries.get(name);
        return entry == null ? file + ": " : file + ": line " + entry.line() + ": ";
    }

    private WrongUsageException wrong(String what) {
        return new WrongUsageException(file + ": " + what);
    }
}
