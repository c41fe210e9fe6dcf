// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What templates may know of a device: its identity, its tags, and what operators have noted of it.
///
/// @param tags `pilot` or `region=north`
/// @param attributes by name
public record Facts(EndpointId id, DeviceIdentity identity, List<String> tags, Map<String, String> attributes) {
    public Facts {
        tags = Frozen.list(tags);
        attributes = Frozen.map(attributes);
    }

    /// What is asked for between braces.
    public sealed interface Name {
        String text();

        /// What the device says of itself.
        enum Inventory implements Name {
            ID("id"),
            MANUFACTURER("manufacturer"),
            OUI("oui"),
            MODEL("model"),
            PRODUCT_CLASS("class"),
            SERIAL("serial"),
            HARDWARE("hardware"),
            SOFTWARE("software");

            private final String word;

            Inventory(String word) {
                this.word = word;
            }

            @Override
            public String text() {
                return word;
            }
        }

        record Tag(String name) implements Name {
            @Override
            public String text() {
                return "tag " + name + "=…";
            }
        }

        record Attribute(String name) implements Name {
            @Override
            public String text() {
                return "attribute " + name;
            }
        }

        static Optional<Name> ofInventory(String word) {
            return Arrays.stream(Inventory.values())
                    .filter(each -> each.text().equals(word))
                    .map(Name.class::cast)
                    .findFirst();
        }

        static String inventory() {
            return Arrays.stream(Inventory.values()).map(Inventory::text).collect(Collectors.joining(", "));
        }
    }

    /// @return empty where it is not known, or empty itself
    Optional<String> of(Name name) {
        return Optional.ofNullable(
                        switch (name) {
                            case Name.Inventory inventory -> ofIdentity(inventory);
                            case Name.Tag(String tag) -> ofTag(tag);
                            case Name.Attribute(String attribute) -> attributes.getOrDefault(attribute, "");
                        })
                .filter(value -> !value.isEmpty());
    }

    private String ofIdentity(Name.Inventory name) {
        return switch (name) {
            case ID -> id.toString();
            case MANUFACTURER -> identity.manufacturer();
            case OUI -> identity.oui();
            case MODEL -> identity.modelName();
            case PRODUCT_CLASS -> identity.productClass();
            case SERIAL -> identity.serialNumber();
            case HARDWARE -> identity.hardwareVersion();
            case SOFTWARE -> identity.softwareVersion();
        };
    }

    private String ofTag(String name) {
        String beginning = name + "=";
        return tags.stream()
                .filter(tag -> tag.startsWith(beginning))
                .map(tag -> tag.substring(beginning.length()).strip())
                .findFirst()
                .orElse("");
    }
}
