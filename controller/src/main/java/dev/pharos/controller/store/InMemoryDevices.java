// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Facet;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// The inventory in memory.
final class InMemoryDevices implements DeviceStore {
    private final ConcurrentHashMap<EndpointId, DeviceRecord> devices = new ConcurrentHashMap<>();
    private final TwinStore twins;

    InMemoryDevices(TwinStore twins) {
        this.twins = twins;
    }

    @Override
    public Optional<DeviceRecord> find(EndpointId id) {
        return Optional.ofNullable(devices.get(id));
    }

    @Override
    public DeviceRecord create(DeviceRecord device) {
        DeviceRecord before = devices.putIfAbsent(device.id(), device);
        return before == null ? device : before;
    }

    @Override
    public Optional<DeviceRecord> update(EndpointId id, UnaryOperator<DeviceRecord> change) {
        return Optional.ofNullable(devices.computeIfPresent(id, (key, device) -> change.apply(device)));
    }

    @Override
    public boolean delete(EndpointId id) {
        return devices.remove(id) != null;
    }

    @Override
    public DevicePage list(DeviceQuery query) {
        Comparator<DeviceRecord> byId =
                Comparator.comparing(device -> device.id().toString());
        Comparator<DeviceRecord> order = switch (query.sort()) {
            case ID -> byId;
            case LAST_SEEN -> Comparator.comparing(DeviceRecord::lastSeen).thenComparing(byId);
            case MODEL_NAME ->
                Comparator.comparing((DeviceRecord device) -> device.identity().modelName())
                        .thenComparing(byId);
        };
        ConditionMatcher matcher = new ConditionMatcher(twins, Instant.now());
        List<DeviceRecord> matching = devices.values().stream()
                .filter(device -> matcher.matches(query.condition(), device))
                .sorted(query.descending() ? order.reversed() : order)
                .toList();
        int from = Math.min(query.cursor().isEmpty() ? 0 : offset(query.cursor()), matching.size());
        int to = Math.min(matching.size(), from + query.limit());
        Optional<String> next = to < matching.size() ? Optional.of(Integer.toString(to)) : Optional.empty();
        return new DevicePage(matching.subList(from, to), next, matching.size());
    }

    @Override
    public FacetCounts count(Condition condition, Facet by, int most) {
        ConditionMatcher matcher = new ConditionMatcher(twins, Instant.now());
        List<Set<String>> found = devices.values().stream()
                .filter(device -> matcher.matches(condition, device))
                .map(device -> matcher.values(device, by))
                .toList();
        return new ValueCount(found, by instanceof Facet.ByParameter).counts(most);
    }

    private static int offset(String cursor) {
        try {
            return Math.max(0, Integer.parseInt(cursor));
        } catch (NumberFormatException notOurs) {
            throw new IllegalArgumentException("not a cursor of this list: " + cursor, notOurs);
        }
    }

    @Override
    public long count() {
        return devices.size();
    }

    @Override
    public long countOnline() {
        return devices.values().stream().filter(DeviceRecord::online).count();
    }

    @Override
    public int markAllOffline(String reason) {
        int marked = 0;
        for (EndpointId id : devices.keySet()) {
            DeviceRecord device = devices.get(id);
            if (device != null && device.online() && !device.inSessions()) {
                marked++;
                update(id, known -> known.withStatus(DeviceStatus.OFFLINE, reason));
            }
        }
        return marked;
    }
}
