// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Immutable collections for the components of records: lists as [List#copyOf], maps in the order in which
/// they were given.
public final class Frozen {
    private Frozen() {}

    public static <T> List<T> list(List<T> list) {
        return List.copyOf(list);
    }

    /// An unmodifiable copy that keeps the order; a map that was frozen before is returned as it is.
    public static Map<String, String> map(Map<String, String> map) {
        if (map instanceof FrozenMap) {
            return map;
        }
        return map.isEmpty() ? Map.of() : new FrozenMap(new LinkedHashMap<>(map));
    }

    /// Takes a map over without a copy: the caller promises never to change it again.
    public static Map<String, String> adopt(Map<String, String> map) {
        return map.isEmpty() ? Map.of() : new FrozenMap(map);
    }

    private static final class FrozenMap extends AbstractMap<String, String> {
        private final Map<String, String> content;

        FrozenMap(Map<String, String> content) {
            this.content = Collections.unmodifiableMap(content);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return content.entrySet();
        }

        @Override
        public @Nullable String get(@Nullable Object key) {
            return content.get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return content.containsKey(key);
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super String> action) {
            content.forEach(action);
        }

        @Override
        public int size() {
            return content.size();
        }
    }
}
