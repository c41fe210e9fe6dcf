// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// All that is kept of software modules.
///
/// @param events by the operation they end, in the order of their beginning: what is to be told of it where this
/// process
///     dies now
/// @param retained UUIDs of units that are gone and of which data stays
/// @param next the number that the next row, folder or operation gets; none is given twice
record Inventory(
        Map<EnvironmentKind, Environment> environments,
        List<DeploymentUnit> units,
        Map<Long, Map<String, String>> events,
        Set<String> retained,
        long next) {
    Inventory {
        environments = Collections.unmodifiableMap(new EnumMap<>(environments));
        units = List.copyOf(units);
        events = Collections.unmodifiableMap(new TreeMap<>(events));
        retained = Set.copyOf(retained);
    }

    /// With nothing installed.
    static Inventory fresh(Instant created) {
        Map<EnvironmentKind, Environment> environments = new EnumMap<>(EnvironmentKind.class);
        for (EnvironmentKind kind : EnvironmentKind.values()) {
            environments.put(kind, Environment.fresh(created));
        }
        return new Inventory(environments, List.of(), Map.of(), Set.of(), 1);
    }

    Environment environment(EnvironmentKind kind) {
        return Objects.requireNonNull(environments.get(kind));
    }

    /// An execution environment.
    record Environment(
            boolean enabled,
            int initialRunLevel,
            int initialUnitRunLevel,
            Instant created,
            String restartReason,
            long restartCount,
            Optional<Instant> lastRestarted) {
        static Environment fresh(Instant created) {
            return new Environment(true, 1, 1, created, "", 0, Optional.empty());
        }

        /// With one parameter written.
        Environment with(String name, String value) {
            return new Environment(
                    name.equals("Enable") ? value.equals("true") : enabled,
                    name.equals("InitialRunLevel") ? Integer.parseInt(value) : initialRunLevel,
                    name.equals("InitialExecutionUnitRunLevel") ? Integer.parseInt(value) : initialUnitRunLevel,
                    created,
                    restartReason,
                    restartCount,
                    lastRestarted);
        }

        Environment restarted(String reason, Instant when) {
            return new Environment(
                    enabled,
                    initialRunLevel,
                    initialUnitRunLevel,
                    created,
                    reason,
                    restartCount + 1,
                    Optional.of(when));
        }
    }

    Optional<DeploymentUnit> unit(long number) {
        return units.stream().filter(unit -> unit.number() == number).findFirst();
    }

    /// The deployment unit that an execution unit belongs to.
    Optional<DeploymentUnit> owner(long executionUnit) {
        return units.stream()
                .filter(unit -> unit.units().stream().anyMatch(one -> one.number() == executionUnit))
                .findFirst();
    }

    /// The execution units of an execution environment.
    List<ExecutionUnit> executions(EnvironmentKind kind) {
        return units.stream()
                .filter(unit -> unit.kind() == kind)
                .flatMap(unit -> unit.units().stream())
                .toList();
    }

    Inventory with(EnvironmentKind kind, UnaryOperator<Environment> change) {
        Map<EnvironmentKind, Environment> now = new EnumMap<>(environments);
        now.put(kind, change.apply(environment(kind)));
        return new Inventory(now, units, events, retained, next);
    }

    /// With this unit in place of what has its number.
    Inventory with(DeploymentUnit unit) {
        List<DeploymentUnit> now = new ArrayList<>(without(unit.number()).units);
        now.add(unit);
        Set<String> kept = new TreeSet<>(retained);
        kept.remove(unit.uuid());
        return new Inventory(environments, now, events, kept, next);
    }

    Inventory without(long number) {
        return new Inventory(
                environments,
                units.stream().filter(unit -> unit.number() != number).toList(),
                events,
                retained,
                next);
    }

    Inventory retaining(String uuid) {
        Set<String> kept = new TreeSet<>(retained);
        kept.add(uuid);
        return new Inventory(environments, units, events, kept, next);
    }

    Inventory telling(long operation, Map<String, String> event) {
        Map<Long, Map<String, String>> all = new TreeMap<>(events);
        all.put(operation, event);
        return new Inventory(environments, units, all, retained, next);
    }

    Inventory told(long operation) {
        Map<Long, Map<String, String>> all = new TreeMap<>(events);
        all.remove(operation);
        return new Inventory(environments, units, all, retained, next);
    }

    Inventory numbered(long nextNow) {
        return new Inventory(environments, units, events, retained, nextNow);
    }

    /// With the settings of one execution unit changed.
    Inventory adjusted(long executionUnit, UnaryOperator<UnitSettings> change) {
        return owner(executionUnit)
                .map(owner -> new Inventory(
                        environments,
                        units.stream()
                                .map(unit ->
                                        unit.number() == owner.number() ? adjusted(unit, executionUnit, change) : unit)
                                .toList(),
                        events,
                        retained,
                        next))
                .orElse(this);
    }

    private static DeploymentUnit adjusted(
            DeploymentUnit owner, long executionUnit, UnaryOperator<UnitSettings> change) {
        return owner.with(owner.units().stream()
                .map(unit -> unit.number() == executionUnit ? unit.with(change.apply(unit.settings())) : unit)
                .toList());
    }
}
