// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The address or the mask of a network, of which the configuration has both as `192.168.1.0/24`, or the mask in an
/// option of its own. Without either, it is all that there is.
///
/// @param mask whether it is the mask
/// @param other the parameter of the other part
/// @param maskOption the option of masks that the address does not say
public record SubnetPart(boolean mask, String other, String maskOption) {
    private static final String ALL = "0.0.0.0";
    private static final String HOST = "255.255.255.255";

    /// @return empty where it is no network of IPv4
    Optional<String> shown(UciSection section, String option) {
        String told = section.text(option).orElse("0.0.0.0/0");
        int slash = told.indexOf('/');
        String address = slash < 0 ? told : told.substring(0, slash);
        Optional<String> bits =
                slash < 0 ? Optional.of(section.text(maskOption).orElse(HOST)) : Masks.of(told.substring(slash + 1));
        boolean valid = Addresses.number(address).isPresent()
                && bits.flatMap(Masks::bits).isPresent();
        return valid ? (mask ? bits : Optional.of(address)) : Optional.empty();
    }

    /// Both parts are written together. Where the mask has an option of its own, it keeps it.
    List<UciChange> written(UciSection section, String option, String value, UnaryOperator<String> others) {
        String address = orElse(mask ? others.apply(other) : value, ALL);
        String bits = orElse(mask ? value : others.apply(other), address.equals(ALL) ? ALL : HOST);
        int length = Masks.bits(bits)
                .orElseThrow(() -> new UspException(StandardErrorCode.INVALID_VALUE, "no mask of a network"));
        boolean apart = section.text(maskOption).isPresent();
        return List.of(
                new UciChange.SetOption(section.id(), option, apart ? address : address + "/" + length),
                new UciChange.SetOption(section.id(), maskOption, apart ? bits : ""));
    }

    private static String orElse(String value, String otherwise) {
        return value.isEmpty() ? otherwise : value;
    }
}
