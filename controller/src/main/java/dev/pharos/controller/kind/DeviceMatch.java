// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import dev.pharos.controller.store.DeviceIdentity;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which devices are meant: all for whom each named field is one of its texts, in which `*` stands for any characters
/// and case does not count.
///
/// @param fields those that are named; none for every device
public record DeviceMatch(Map<Field, List<String>> fields) {
    /// Every device.
    public static final DeviceMatch ALL = new DeviceMatch(Map.of());

    public DeviceMatch {
        fields = Map.copyOf(fields);
    }

    /// What of a device is looked at.
    public enum Field {
        MANUFACTURER("manufacturer", DeviceIdentity::manufacturer),
        OUI("oui", DeviceIdentity::oui),
        PRODUCT_CLASS("productClass", DeviceIdentity::productClass),
        MODEL_NAME("modelName", DeviceIdentity::modelName),
        HARDWARE_VERSION("hardwareVersion", DeviceIdentity::hardwareVersion),
        SOFTWARE_VERSION("softwareVersion", DeviceIdentity::softwareVersion);

        private final String key;

        @SuppressWarnings("ImmutableEnumChecker") // a method of a record
        private final Function<DeviceIdentity, String> value;

        Field(String key, Function<DeviceIdentity, String> value) {
            this.key = key;
            this.value = value;
        }

        public String key() {
            return key;
        }

        public static Optional<Field> of(String key) {
            return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
        }
    }

    public boolean matches(DeviceIdentity device) {
        return fields.entrySet().stream()
                .allMatch(each -> matches(each.getValue(), each.getKey().value.apply(device)));
    }

    private static boolean matches(List<String> texts, String value) {
        return texts.stream().anyMatch(text -> pattern(text).matcher(value).matches());
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /// How closely it says who is meant: by how many fields, then by how many characters of them.
    int closeness() {
        int characters = fields.values().stream()
                .mapToInt(texts -> texts.stream()
                        .mapToInt(text -> text.replace("*", "").length())
                        .min()
                        .orElse(0))
                .sum();
        return fields.size() * Limits.MATCH_CHARACTERS * Field.values().length + characters;
    }

    /// For people: `oui 00256D, softwareVersion 1.*`.
    @Override
    public String toString() {
        if (fields.isEmpty()) {
            return "every device";
        }
        Map<Field, List<String>> inOrder = new EnumMap<>(fields);
        return inOrder.entrySet().stream()
                .map(each -> each.getKey().key() + " " + String.join(" or ", each.getValue()))
                .collect(Collectors.joining(", "));
    }
}
