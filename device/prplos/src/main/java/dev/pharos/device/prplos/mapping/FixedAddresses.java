// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Addresses of IPv4 that an interface has because the configuration says so: one as `192.168.1.1` with the mask in an
/// option of its own, or any number as `192.168.1.1/24`.
///
/// @param option the address or the list of them
/// @param maskOption the mask of those that say none
/// @param when which sections have them
public record FixedAddresses(String option, String maskOption, Observed.When when) implements Fixed {
    private static final String ADDRESS = "address";
    private static final String MASK = "mask";
    private static final String HOST = "32";

    /// An address with its mask, both as the data model has them.
    record Address(String address, String mask) {}

    @Override
    public boolean isAlone(UciSection section) {
        return when.holds(section);
    }

    @Override
    public boolean isWritten() {
        return true;
    }

    /// The addresses of a section as netifd lists those of an interface; what is none is left out.
    Map<String, UbusTable> elements(UciSection section) {
        Map<String, UbusTable> elements = new LinkedHashMap<>();
        String usual = section.text(maskOption)
                .flatMap(Masks::bits)
                .map(String::valueOf)
                .orElse(HOST);
        for (String item : when.holds(section) ? section.items(option) : List.<String>of()) {
            int slash = item.indexOf('/');
            String address = slash < 0 ? item : item.substring(0, slash);
            String bits = slash < 0 ? usual : item.substring(slash + 1);
            if (elements.size() < Limits.LISTED
                    && Addresses.number(address).isPresent()
                    && Masks.of(bits).isPresent()) {
                elements.putIfAbsent(
                        address, UbusTable.EMPTY.with(ADDRESS, address).with(MASK, bits));
            }
        }
        return elements;
    }

    /// What gives a section these addresses and no others.
    ///
    /// @return empty where one has no mask
    Optional<List<UciChange>> written(UciSection section, List<Address> addresses) {
        boolean valid = addresses.stream()
                .allMatch(each -> Addresses.number(each.address()).isPresent()
                        && Masks.bits(each.mask()).isPresent());
        if (!valid) {
            return Optional.empty();
        }
        boolean one = addresses.size() == 1 && !section.items(option).stream().anyMatch(item -> item.contains("/"));
        return Optional.of(
                one
                        ? List.of(
                                new UciChange.SetOption(
                                        section.id(),
                                        option,
                                        addresses.getFirst().address()),
                                new UciChange.SetOption(
                                        section.id(),
                                        maskOption,
                                        addresses.getFirst().mask()))
                        : List.of(
                                new UciChange.SetItems(
                                        section.id(),
                                        option,
                                        addresses.stream()
                                                .map(each -> each.address() + "/"
                                                        + Masks.bits(each.mask())
                                                                .orElseThrow())
                                                .toList()),
                                new UciChange.SetOption(section.id(), maskOption, "")));
    }
}
