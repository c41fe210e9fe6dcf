// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.policy.Secrets;
import dev.pharos.server.store.AttributeStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What operators have noted of a device, for values of profiles.
///
/// @param attributes by name; those whose name says that they are secrets are masked where they are shown
public record DeviceAttributes(@Nullable Map<String, @Nullable String> attributes) {
    private static final int VALUE = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    public static DeviceAttributes shown(Map<String, String> attributes) {
        return new DeviceAttributes(new TreeMap<>(Secrets.masked(attributes)));
    }

    /// @param known a secret whose mask is sent stays what it was
    public Map<String, String> checked(Map<String, String> known) {
        if (attributes == null) {
            throw new BadRequestException("attributes", "must be an object of names and texts");
        }
        Map<String, String> texts = Fields.texts("attributes", attributes);
        if (texts.size() > AttributeStore.MOST) {
            throw new BadRequestException("attributes", "must be at most " + AttributeStore.MOST);
        }
        texts.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new BadRequestException(
                        "attributes",
                        "must have names of 1 to 100 letters, digits, dots, dashes and underscores, a letter or digit"
                                + " first");
            }
            if (value.length() > VALUE) {
                throw new BadRequestException("attributes." + name, "must have at most " + VALUE + " characters");
            }
        });
        texts.replaceAll((name, value) -> value.equals(Secrets.MASK) ? known.getOrDefault(name, value) : value);
        return texts;
    }
}
