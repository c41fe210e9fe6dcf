// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.Inventory.Environment;
import dev.pharos.device.modules.process.RestartPolicy;
import dev.pharos.device.modules.unit.Bounds;
import dev.pharos.device.modules.unit.ImageReader;
import dev.pharos.device.modules.unit.Manifest;
import dev.pharos.device.modules.unit.ManifestReader;
import dev.pharos.device.modules.unit.UnitFormatException;
import dev.pharos.device.modules.unit.UnitPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An [Inventory] as properties, and back.
final class InventoryFile {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryFile.class);

    private InventoryFile() {}

    static Properties write(Inventory inventory) {
        Properties kept = new Properties();
        put(kept, "next", inventory.next());
        inventory.environments().forEach((kind, environment) -> write(kept, kind.key(), environment));
        put(kept, "retained", String.join(",", inventory.retained()));
        put(
                kept,
                "units",
                numbers(inventory.units().stream().map(DeploymentUnit::number).toList()));
        inventory.units().forEach(unit -> write(kept, unit));
        put(kept, "events", numbers(List.copyOf(inventory.events().keySet())));
        inventory
                .events()
                .forEach((operation, event) ->
                        event.forEach((name, value) -> put(kept, "event." + operation + "." + name, value)));
        return kept;
    }

    private static void write(Properties kept, String at, Environment environment) {
        put(kept, at + "enabled", environment.enabled());
        put(kept, at + "initialRunLevel", environment.initialRunLevel());
        put(kept, at + "initialUnitRunLevel", environment.initialUnitRunLevel());
        put(kept, at + "created", environment.created());
        put(kept, at + "restartReason", environment.restartReason());
        put(kept, at + "restartCount", environment.restartCount());
        environment.lastRestarted().ifPresent(when -> put(kept, at + "lastRestarted", when));
    }

    private static String numbers(List<Long> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }

    private static void write(Properties kept, DeploymentUnit unit) {
        String at = "unit." + unit.number() + ".";
        put(kept, at + "kind", unit.kind().label());
        put(kept, at + "uuid", unit.uuid());
        put(kept, at + "release", unit.release());
        put(kept, at + "url", unit.source().url());
        put(kept, at + "username", unit.source().username());
        put(kept, at + "password", unit.source().password());
        put(kept, at + "installed", unit.installed());
        put(kept, at + "updated", unit.updated());
        put(kept, at + "moduleVersion", unit.moduleVersion());
        put(kept, at + "memory", unit.wishes().memory());
        put(kept, at + "cpu", unit.wishes().cpu());
        put(kept, at + "disk", unit.wishes().disk());
        unit.wishes().environment().forEach((name, value) -> put(kept, at + "environment." + name, value));
        put(kept, at + "name", unit.manifest().name());
        put(kept, at + "vendor", unit.manifest().vendor());
        put(kept, at + "version", unit.manifest().version());
        put(
                kept,
                at + "units",
                numbers(unit.units().stream().map(ExecutionUnit::number).toList()));
        for (ExecutionUnit one : unit.units()) {
            String of = "execution." + one.number() + ".";
            RestartPolicy restart = one.settings().restart();
            put(kept, of + "name", one.name());
            put(kept, of + "created", one.created());
            put(kept, of + "autoStart", one.settings().autoStart());
            put(kept, of + "runLevel", one.settings().runLevel());
            put(kept, of + "shutdownDelay", one.settings().shutdownDelay());
            put(kept, of + "restart", restart.enabled());
            put(kept, of + "restart.minimumWait", restart.minimumWait());
            put(kept, of + "restart.maximumWait", restart.maximumWait());
            put(kept, of + "restart.multiplier", restart.multiplier());
            put(kept, of + "restart.maximumCount", restart.maximumCount());
            put(kept, of + "restart.resetPeriod", restart.resetPeriod());
        }
    }

    private static void put(Properties kept, String name, Object value) {
        kept.setProperty(name, value.toString());
    }

    /// @throws IOException where it cannot be read
    static Inventory read(Properties kept, Places places) throws IOException {
        try {
            Map<Long, Map<String, String>> events = new TreeMap<>();
            for (long operation : numbers(kept, "events")) {
                events.put(operation, beneath(kept, "event." + operation + "."));
            }
            List<DeploymentUnit> units = new ArrayList<>();
            for (long number : numbers(kept, "units")) {
                units.add(unit(kept, number, places));
            }
            Set<String> retained = new TreeSet<>(List.of(text(kept, "retained").split(",")));
            retained.remove("");
            return new Inventory(environments(kept), units, events, retained, number(kept, "next"));
        } catch (IllegalArgumentException | DateTimeParseException broken) {
            throw new IOException(
                    places.inventory() + " cannot be read (" + broken.getMessage() + "); delete it to go on", broken);
        }
    }

    private static Map<EnvironmentKind, Environment> environments(Properties kept) {
        Map<EnvironmentKind, Environment> environments = new EnumMap<>(EnvironmentKind.class);
        for (EnvironmentKind kind : EnvironmentKind.values()) {
            boolean known = kept.containsKey(kind.key() + "enabled");
            // what an agent has written that knew no containers does not say anything of them
            environments.put(kind, known ? environment(kept, kind.key()) : Environment.fresh(Instant.now()));
        }
        return environments;
    }

    private static Environment environment(Properties kept, String at) {
        return new Environment(
                flag(kept, at + "enabled"),
                (int) number(kept, at + "initialRunLevel"),
                (int) number(kept, at + "initialUnitRunLevel"),
                time(kept, at + "created"),
                text(kept, at + "restartReason"),
                number(kept, at + "restartCount"),
                text(kept, at + "lastRestarted").isEmpty()
                        ? Optional.empty()
                        : Optional.of(time(kept, at + "lastRestarted")));
    }

    private static DeploymentUnit unit(Properties kept, long number, Places places) throws IOException {
        String at = "unit." + number + ".";
        List<ExecutionUnit> units = new ArrayList<>();
        for (long one : numbers(kept, at + "units")) {
            units.add(execution(kept, one));
        }
        long release = number(kept, at + "release");
        EnvironmentKind kind = text(kept, at + "kind").equals(EnvironmentKind.CONTAINERS.label())
                ? EnvironmentKind.CONTAINERS
                : EnvironmentKind.PROCESSES;
        return new DeploymentUnit(
                number,
                kind,
                text(kept, at + "uuid"),
                release,
                new DeploymentUnit.Source(
                        text(kept, at + "url"), text(kept, at + "username"), text(kept, at + "password")),
                time(kept, at + "installed"),
                time(kept, at + "updated"),
                text(kept, at + "moduleVersion"),
                new DeploymentUnit.Wishes(
                        number(kept, at + "memory"),
                        (int) number(kept, at + "cpu"),
                        number(kept, at + "disk"),
                        beneath(kept, at + "environment.")),
                units,
                manifest(kept, at, kind, units, places.release(number, release)));
    }

    /// A unit of which somebody has damaged the files stays installed, and cannot be started.
    private static Manifest manifest(
            Properties kept, String at, EnvironmentKind kind, List<ExecutionUnit> units, Path folder)
            throws IOException {
        String why;
        try {
            Manifest manifest = kind == EnvironmentKind.CONTAINERS
                    ? ImageReader.read(folder).manifest()
                    : ManifestReader.read(folder);
            Set<String> planned =
                    new TreeSet<>(manifest.units().stream().map(UnitPlan::name).toList());
            if (planned.equals(
                    new TreeSet<>(units.stream().map(ExecutionUnit::name).toList()))) {
                return manifest;
            }
            why = "it names other units than were installed";
        } catch (UnitFormatException damaged) {
            why = damaged.getMessage();
        }
        LOG.error("the deployment unit in {} is damaged: {}", folder, why);
        return new Manifest(
                text(kept, at + "name"),
                text(kept, at + "vendor"),
                text(kept, at + "version"),
                "",
                units.stream()
                        .map(unit -> new UnitPlan(
                                unit.name(),
                                "",
                                List.of(folder.resolve(Manifest.FILE).toString()),
                                Map.of(),
                                false,
                                -1,
                                new Bounds(-1, -1, 1, -1)))
                        .toList());
    }

    private static ExecutionUnit execution(Properties kept, long number) {
        String of = "execution." + number + ".";
        return new ExecutionUnit(
                number,
                text(kept, of + "name"),
                time(kept, of + "created"),
                new UnitSettings(
                        flag(kept, of + "autoStart"),
                        (int) number(kept, of + "runLevel"),
                        number(kept, of + "shutdownDelay"),
                        new RestartPolicy(
                                flag(kept, of + "restart"),
                                number(kept, of + "restart.minimumWait"),
                                number(kept, of + "restart.maximumWait"),
                                number(kept, of + "restart.multiplier"),
                                number(kept, of + "restart.maximumCount"),
                                number(kept, of + "restart.resetPeriod"))));
    }

    private static Map<String, String> beneath(Properties kept, String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        kept.stringPropertyNames().stream()
                .sorted()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> found.put(name.substring(prefix.length()), text(kept, name)));
        return found;
    }

    private static List<Long> numbers(Properties kept, String name) {
        String text = text(kept, name);
        List<Long> found = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String number : text.split(",")) {
                found.add(Long.parseLong(number));
            }
        }
        return found;
    }

    private static String text(Properties kept, String name) {
        return kept.getProperty(name, "");
    }

    private static long number(Properties kept, String name) {
        return Long.parseLong(text(kept, name));
    }

    private static boolean flag(Properties kept, String name) {
        return text(kept, name).equals("true");
    }

    private static Instant time(Properties kept, String name) {
        return Instant.parse(text(kept, name));
    }
}
