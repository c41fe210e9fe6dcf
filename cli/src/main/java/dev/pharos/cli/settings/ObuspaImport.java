// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Settings of obuspa as those of `/etc/config/usp`.
public final class ObuspaImport {
    private static final String CONTROLLERS = "Device.LocalAgent.Controller.";
    private static final String OWN = "Device.LocalAgent.EndpointID";
    /// Stands for the agent's name where it is not said, in what no file gets.
    private static final EndpointId UNNAMED = EndpointId.of("self::unnamed");

    private final ObuspaLines lines;
    private final List<String> remarks = new ArrayList<>();
    private final EndpointId own;

    private ObuspaImport(ObuspaLines lines) {
        this.lines = lines;
        this.own = lines.take(OWN).flatMap(text -> endpoint(OWN, text)).orElse(UNNAMED);
    }

    /// What became of a file.
    ///
    /// @param settings the file of ours
    /// @param controllers how many stand in it
    /// @param remarks what is otherwise here, and what is not taken over, with its line
    public record Outcome(String settings, int controllers, List<String> remarks) {
        public Outcome {
            remarks = List.copyOf(remarks);
        }

        /// Without the settings, in which passwords stand.
        @Override
        public String toString() {
            return "Outcome[controllers=" + controllers + "]";
        }
    }

    /// @throws MalformedInputException where uci could not read it, or there is no controller in it that is reached
    public static Outcome of(byte[] file) throws MalformedInputException {
        ObuspaImport reading = new ObuspaImport(ObuspaLines.read(file));
        return reading.outcome();
    }

    private Outcome outcome() throws MalformedInputException {
        Map<EndpointId, ControllerEntry> controllers = new LinkedHashMap<>();
        for (int number : lines.rows(CONTROLLERS)) {
            controller(CONTROLLERS + number + ".", controllers);
        }
        Map.Entry<EndpointId, ControllerEntry> first = controllers.entrySet().stream()
                .filter(one -> one.getValue().get(ControllerField.ENABLE).equals(List.of("1")))
                .findFirst()
                .orElseThrow(() -> new MalformedInputException(
                        StandardErrorCode.INVALID_ARGUMENTS,
                        "no controller of obuspa that is enabled and has a way to it"));
        StringBuilder text = new StringBuilder("\nconfig usp\n");
        lines.take(ObuspaLines.GLOBAL + "enabled")
                .ifPresent(enabled -> line(text, "option", "enabled", truth(enabled) ? "1" : "0"));
        if (own.equals(UNNAMED)) {
            remarks.add("option endpoint_id is to be added: obuspa makes its own of OUI and serial number");
        } else {
            line(text, "option", UspSettings.ENDPOINT, own.toString());
        }
        lines.take(ObuspaLines.GLOBAL + "trust_cert").ifPresent(ca -> line(text, "option", "ca", ca));
        line(text, "option", "controller_id", first.getKey().toString());
        write(text, first.getValue(), true);
        controllers.forEach((id, entry) -> {
            if (!id.equals(first.getKey())) {
                text.append("\nconfig ").append(UspSettings.CONTROLLER).append('\n');
                line(text, "option", UspSettings.ENDPOINT, id.toString());
                write(text, entry, false);
            }
        });
        remarks.addAll(lines.broken());
        lines.left().forEach(left -> remarks.add(left + ": not taken over"));
        return new Outcome(text.append('\n').toString(), controllers.size(), remarks);
    }

    private static void write(StringBuilder text, ControllerEntry entry, boolean first) {
        entry.values().forEach((field, items) -> {
            // what is as usual needs no word, but for what a person looks for
            if (!items.equals(field.usual()) || field == ControllerField.ROLE) {
                items.forEach(item -> line(text, items.size() > 1 ? "list" : "option", field.option(first), item));
            }
        });
    }

    private static void line(StringBuilder text, String keyword, String name, String value) {
        text.append(Agreed.line(keyword, name, value));
    }

    private Optional<EndpointId> endpoint(String path, String text) {
        try {
            return Optional.of(EndpointId.parse(text));
        } catch (MalformedInputException malformed) {
            remarks.add(path + ": " + malformed.detail());
            return Optional.empty();
        }
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on", "enabled" -> true;
            default -> false;
        };
    }

    /// What is not said is on, as people who write such files leave it out.
    private boolean isOn(String path) {
        return lines.take(path).map(ObuspaImport::truth).orElse(true);
    }

    private void controller(String row, Map<EndpointId, ControllerEntry> controllers) {
        Optional<EndpointId> id = lines.take(row + "EndpointID").flatMap(text -> endpoint(row + "EndpointID", text));
        lines.take(row + "Alias");
        if (id.isEmpty() || id.get().equals(own) || controllers.containsKey(id.get())) {
            remarks.add(row + ": no controller with an EndpointID of its own");
            return;
        }
        List<ObuspaWay> ways = lines.rows(row + "MTP.").stream()
                .flatMap(number -> ObuspaWay.of(lines, row + "MTP." + number + ".", own, id.get(), remarks).stream())
                .sorted(Comparator.comparingLong(ObuspaWay::order))
                .toList();
        ControllerEntry entry = ControllerEntry.NOTHING
                .with(ControllerField.URL, urls(ways, row))
                .with(ControllerField.ENABLE, List.of(isOn(row + "Enable") ? "1" : "0"))
                .with(ControllerField.ROLE, List.of(role(row)));
        if (entry.get(ControllerField.URL).isEmpty()) {
            remarks.add(row + ": no way to it that is enabled and known here; it is left out");
            return;
        }
        entry = withInterval(entry, row);
        entry = entry.with(
                        ControllerField.PROVISIONING_CODE,
                        lines.take(row + "ProvisioningCode").stream().toList())
                .with(
                        ControllerField.BOOT_PARAMETER,
                        lines.rows(row + "BootParameter.").stream()
                                .filter(number -> isOn(row + "BootParameter." + number + ".Enable"))
                                .flatMap(number ->
                                        lines.take(row + "BootParameter." + number + ".ParameterName").stream())
                                .toList());
        controllers.put(id.get(), withLogin(entry, ways, row));
    }

    private List<String> urls(List<ObuspaWay> ways, String row) {
        Map<String, String> byProtocol = new LinkedHashMap<>();
        for (ObuspaWay way : ways) {
            String other = byProtocol.putIfAbsent(way.protocol(), way.url());
            if (other != null) {
                remarks.add(
                        row + ": one way for each protocol at the most; of " + way.protocol() + " the first counts");
            } else if (way.url().startsWith("ws:")
                    || way.url().startsWith("mqtt:")
                    || way.url().startsWith("stomp:")) {
                remarks.add(
                        row + ": over " + way.protocol()
                                + " it is not encrypted, as it was; to another host the agent goes so with option insecure only");
            }
        }
        return List.copyOf(byProtocol.values());
    }

    private ControllerEntry withInterval(ControllerEntry entry, String row) {
        Optional<String> interval = lines.take(row + "PeriodicNotifInterval");
        if (interval.isEmpty()) {
            return entry;
        }
        if (!interval.get().matches("[1-9][0-9]{0,8}")) {
            remarks.add(row + "PeriodicNotifInterval: no number of seconds");
            return entry;
        }
        return entry.with(ControllerField.PERIODIC_INTERVAL, List.of(interval.get()));
    }

    private ControllerEntry withLogin(ControllerEntry entry, List<ObuspaWay> ways, String row) {
        List<ObuspaWay> brokers = ways.stream().filter(ObuspaWay::hasBroker).toList();
        if (brokers.isEmpty()) {
            return entry;
        }
        ObuspaWay broker = brokers.getFirst();
        if (brokers.stream().anyMatch(other -> !other.login().equals(broker.login()))) {
            remarks.add(row + ": one login for all of its brokers; that of the first counts");
        }
        return entry.with(
                        ControllerField.RESPONSE_TOPIC,
                        broker.listensAt().stream().toList())
                .with(
                        ControllerField.USERNAME,
                        broker.login().username().stream().toList())
                .with(
                        ControllerField.PASSWORD,
                        broker.login().password().stream().toList());
    }

    /// The first Role of obuspa has all rights, the second is for those who are not trusted.
    private String role(String row) {
        Optional<String> said = lines.take(row + "AssignedRole");
        if (said.isEmpty()) {
            remarks.add(row + ": no role is said, so that it is untrusted");
            return "untrusted";
        }
        String role = said.get();
        String name =
                lines.take(role + ".Name").orElse(role).toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (name) {
            case "device.localagent.controllertrust.role.1", "full access" -> "full";
            case "device.localagent.controllertrust.role.2", "untrusted" -> "untrusted";
            default -> {
                remarks.add(row + "AssignedRole: this role has no word here, so that it is untrusted");
                yield "untrusted";
            }
        };
    }
}
