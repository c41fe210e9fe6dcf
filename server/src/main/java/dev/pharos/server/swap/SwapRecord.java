// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.swap;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.store.AttributeStore;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// What operators have noted of two routers, of which one takes the place of the other.
final class SwapRecord {
    /// The tag of a router that another has taken the place of.
    static final String RETIRED = "retired";

    /// The attribute of the old router that names the new one, and that of the new one that names the old.
    static final String REPLACED_BY = "replaced-by";

    static final String REPLACES = "replaces";

    private final UspController controller;
    private final AttributeStore attributes;

    SwapRecord(UspController controller, AttributeStore attributes) {
        this.controller = controller;
        this.attributes = attributes;
    }

    /// What the new router gets of the record of the old one.
    ///
    /// @param tags that it does not have
    /// @param attributes of those that it does not have, by name; what it has stays
    record Moved(List<String> tags, Map<String, String> attributes) {}

    Moved planned(DeviceRecord old, DeviceRecord now) {
        Map<String, String> here = attributes.of(now.id()).orElse(Map.of());
        Map<String, String> missing = new TreeMap<>(attributes.of(old.id()).orElse(Map.of()));
        missing.keySet().removeAll(here.keySet());
        missing.keySet().removeAll(Set.of(REPLACED_BY, REPLACES));
        List<String> tags = old.tags().stream()
                .filter(tag -> !tag.equals(RETIRED) && !now.tags().contains(tag))
                .limit(Math.max(0, DeviceRecord.TAGS - now.tags().size()))
                .toList();
        int room = Math.max(0, AttributeStore.MOST - here.size() - 1);
        List<String> beyond = missing.keySet().stream().skip(room).toList();
        beyond.forEach(missing::remove);
        return new Moved(tags, missing);
    }

    void move(DeviceRecord old, DeviceRecord now) {
        Moved moved = planned(old, now);
        if (!moved.tags().isEmpty()) {
            List<String> tags = new ArrayList<>(now.tags());
            tags.addAll(moved.tags());
            controller.tag(now.id(), tags);
        }
        Map<String, String> here = new TreeMap<>(attributes.of(now.id()).orElse(Map.of()));
        here.putAll(moved.attributes());
        here.put(REPLACES, old.id().toString());
        attributes.put(now.id(), here);
        note(old.id(), REPLACED_BY, now.id().toString());
        if (!old.tags().contains(RETIRED) && old.tags().size() < DeviceRecord.TAGS) {
            Set<String> tags = new LinkedHashSet<>(old.tags());
            tags.add(RETIRED);
            controller.tag(old.id(), List.copyOf(tags));
        }
    }

    private void note(EndpointId device, String name, String value) {
        Map<String, String> noted = new TreeMap<>(attributes.of(device).orElse(Map.of()));
        noted.put(name, value);
        attributes.put(device, noted);
    }

    /// The old router is in use again. Tags and attributes that the new one got of it stay there.
    void back(DeviceRecord old, DeviceRecord now) {
        Map<String, String> noted = new TreeMap<>(attributes.of(old.id()).orElse(Map.of()));
        if (Objects.equals(noted.get(REPLACED_BY), now.id().toString())) {
            noted.remove(REPLACED_BY);
            attributes.put(old.id(), noted);
            controller.tag(
                    old.id(),
                    old.tags().stream().filter(tag -> !tag.equals(RETIRED)).toList());
        }
        Map<String, String> here = new TreeMap<>(attributes.of(now.id()).orElse(Map.of()));
        if (here.remove(REPLACES, old.id().toString())) {
            attributes.put(now.id(), here);
        }
    }

    /// The id of the router whose place a router has taken; empty where it has taken none.
    String replaced(EndpointId now) {
        return attributes.of(now).orElse(Map.of()).getOrDefault(REPLACES, "");
    }
}
