// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.usp.EndpointId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Migrations that do not survive the test.
final class InMemoryMigrations implements MigrationStore {
    private final Map<EndpointId, Migration> all = new ConcurrentHashMap<>();

    @Override
    public boolean begin(Migration migration) {
        return all.merge(
                        migration.device(),
                        migration,
                        (before, next) -> before.state().isBack() ? next : before)
                .equals(migration);
    }

    @Override
    public Optional<Migration> find(EndpointId device) {
        return Optional.ofNullable(all.get(device));
    }

    @Override
    public List<Migration> open(int most) {
        return all.values().stream()
                .filter(each -> !each.state().isEnd())
                .limit(most)
                .toList();
    }

    @Override
    public Map<MigrationState, Long> counts() {
        Map<MigrationState, Long> counts = new EnumMap<>(MigrationState.class);
        all.values().forEach(each -> counts.merge(each.state(), 1L, Long::sum));
        return counts;
    }

    /// What campaigns say of every device.
    boolean awaited = true;

    @Override
    public boolean isAwaited(long campaign, EndpointId device) {
        return awaited;
    }

    @Override
    public MigrationFunnel funnel(long campaign) {
        return MigrationFunnel.of(all.values().stream()
                .filter(each -> each.plan().isOf(campaign))
                .map(each -> new MigrationFunnel.Part(
                        MigrationPlace.of(each.state().text()), each.reached().text(), "", 1))
                .toList());
    }

    @Override
    public boolean move(Migration from, Migration to) {
        return all.replace(from.device(), from, to);
    }
}
