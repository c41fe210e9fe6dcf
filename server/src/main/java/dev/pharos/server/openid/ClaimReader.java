// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads claims by name. Some names hold dots themselves, so what stands there whole comes before what is nested.
final class ClaimReader {
    private ClaimReader() {}

    /// @param name `groups`, or `realm_access.roles` for a claim within another
    static @Nullable Object find(Map<String, ?> claims, String name) {
        Object whole = claims.get(name);
        if (whole != null) {
            return whole;
        }
        int dot = name.indexOf('.');
        if (dot < 0 || !(claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner)) {
            return null;
        }
        Map<String, @Nullable Object> named = new java.util.HashMap<>();
        inner.forEach((key, value) -> named.put(String.valueOf(key), value));
        return find(named, name.substring(dot + 1));
    }

    static Optional<String> text(Map<String, ?> claims, String name) {
        return find(claims, name) instanceof String text ? Optional.of(text.strip()) : Optional.empty();
    }

    /// One text counts as a list of it.
    static List<String> texts(Map<String, ?> claims, String name) {
        return switch (find(claims, name)) {
            case String text -> List.of(text);
            case Collection<?> all -> strings(all.stream());
            case Object[] all -> strings(Arrays.stream(all));
            case null, default -> List.of();
        };
    }

    private static List<String> strings(java.util.stream.Stream<?> all) {
        return all.limit(Limits.GROUPS)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
