// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.Map;
import java.util.Optional;

/// A network of IPv4.
///
/// @param base its first address
/// @param size how many addresses it has
record Network(long base, long size) {

    /// Where it stands in which network something is.
    ///
    /// @param option the address
    /// @param packageName where the network is
    /// @param interfaceOption the option with the name of its section
    record Within(String option, String packageName, String interfaceOption) {

        /// The network of a section; empty where the configuration tells none.
        Optional<Network> of(UciSection section, Map<String, UciPackage> packages) {
            return section.text(interfaceOption)
                    .flatMap(id ->
                            Optional.ofNullable(packages.get(packageName)).flatMap(content -> content.section(id)))
                    .flatMap(Network::of);
        }
    }

    /// The one of an interface: `ipaddr`, with `netmask` or as `192.168.1.1/24`.
    static Optional<Network> of(UciSection section) {
        String told = section.items("ipaddr").stream().findFirst().orElse("");
        int slash = told.indexOf('/');
        Optional<Long> address = Addresses.number(slash < 0 ? told : told.substring(0, slash));
        Optional<Long> mask = slash < 0
                ? section.text("netmask").flatMap(Addresses::number)
                : Masks.of(told.substring(slash + 1)).flatMap(Addresses::number);
        return address.flatMap(own -> mask.map(bits -> new Network(own & bits, (~bits & 0xffff_ffffL) + 1)));
    }

    boolean holds(String address) {
        return Addresses.number(address)
                .filter(number -> number >= base && number < base + size)
                .isPresent();
    }
}
