// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The attributes of a DNS-SD TXT record (RFC 6763 section 6): keys in any case, the first of each counts, an
/// attribute may have no value.
record TextAttributes(Map<String, Optional<String>> values) {
    static TextAttributes of(List<byte[]> strings) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (byte[] each : strings) {
            String text = new String(each, StandardCharsets.UTF_8);
            int equals = text.indexOf('=');
            String key = (equals < 0 ? text : text.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (!key.isEmpty()) {
                values.putIfAbsent(key, equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1)));
            }
        }
        return new TextAttributes(values);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<String> value(String key) {
        return values.getOrDefault(key, Optional.empty());
    }
}
