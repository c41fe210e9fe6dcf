// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.store.EventKind;
import dev.pharos.server.rights.Limits;
import dev.pharos.server.rights.PathLimit;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import dev.pharos.usp.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a request body, with errors that name the field and say what is allowed.
final class Fields {
    /// The longest that browsers bring, an attestation with its certificates, has some KiB.
    private static final int BASE64 = 1 << 15;

    private Fields() {}

    static String text(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new BadRequestException(field, "must be a text that is not empty");
        }
        return value;
    }

    /// Empty where it is left out.
    static String atMost(String field, @Nullable String value, int characters) {
        String text = value == null ? "" : value;
        if (text.length() > characters) {
            throw new BadRequestException(field, "must have " + characters + " characters at most");
        }
        return text;
    }

    /// From base64url, with padding or without.
    static Bytes bytes(String field, @Nullable String value) {
        String text = atMost(field, text(field, value), BASE64);
        try {
            return Bytes.adopt(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException wrong) {
            throw new BadRequestException(field, "must be base64url: letters, digits, - and _");
        }
    }

    /// As base64url without padding.
    static String base64(Bytes bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static int within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new BadRequestException(field, "must be " + least + " to " + most);
        }
        return value;
    }

    /// None where it is left out.
    static Set<EventKind> kinds(String field, @Nullable List<@Nullable String> values) {
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        for (String kind : itemsOrNone(field, values)) {
            try {
                kinds.add(EventKind.of(kind));
            } catch (IllegalArgumentException unknown) {
                throw new BadRequestException(field, "must be kinds of events, of which " + kind + " is none");
            }
        }
        return kinds;
    }

    static Role role(@Nullable String value) {
        return Role.of(value == null ? "" : value)
                .orElseThrow(() -> new BadRequestException("role", "must be one of " + Role.names(Right.SELF)));
    }

    /// What limits somebody to some devices; null where nothing does.
    static @Nullable String query(Optional<Scope> scope) {
        return scope.map(Scope::query).filter(query -> !query.isEmpty()).orElse(null);
    }

    /// What limits somebody to some paths; null where nothing does.
    static @Nullable List<String> changes(Optional<Scope> scope) {
        return scope.map(Scope::changes)
                .filter(limits -> !limits.isEmpty())
                .map(limits -> limits.stream().map(PathLimit::text).toList())
                .orElse(null);
    }

    /// None where it is left out.
    static List<PathLimit> pathLimits(@Nullable List<@Nullable String> values) {
        List<String> texts = itemsOrNone("changes", values);
        if (texts.size() > Limits.CHANGES) {
            throw new BadRequestException("changes", "must be " + Limits.CHANGES + " paths at most");
        }
        return texts.stream()
                .map(text -> PathLimit.of(text)
                        .orElseThrow(() -> new BadRequestException(
                                "changes",
                                "must be paths such as Device.WiFi., Device.WiFi.Radio.*.Channel or Device.Reboot(),"
                                        + " of which " + text + " is none")))
                .toList();
    }

    static boolean flag(@Nullable Boolean value, boolean otherwise) {
        return value == null ? otherwise : value;
    }

    /// At least one element, none of them missing.
    static <T> List<T> items(String field, @Nullable List<@Nullable T> values) {
        if (values == null || values.isEmpty()) {
            throw new BadRequestException(field, "must be a list with at least one element");
        }
        return itemsOrNone(field, values);
    }

    static <T> List<T> itemsOrNone(String field, @Nullable List<@Nullable T> values) {
        if (values == null) {
            return List.of();
        }
        List<T> items = new ArrayList<>(values.size());
        for (@Nullable T value : values) {
            if (value == null) {
                throw new BadRequestException(field + "[" + items.size() + "]", "must not be null");
            }
            items.add(value);
        }
        return items;
    }

    static List<String> paths(String field, @Nullable List<@Nullable String> values) {
        List<String> paths = items(field, values);
        for (int i = 0; i < paths.size(); i++) {
            text(field + "[" + i + "]", paths.get(i));
        }
        return paths;
    }

    static Map<String, String> texts(String field, @Nullable Map<String, @Nullable String> values) {
        Map<String, String> texts = new TreeMap<>();
        if (values != null) {
            values.forEach((name, value) -> {
                if (value == null) {
                    throw new BadRequestException(field + "." + name, "must be a text, not null");
                }
                texts.put(name, value);
            });
        }
        return texts;
    }
}
