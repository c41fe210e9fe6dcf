// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// An address such as `10.0.0.1`, or the prefix `10.0.0.0/8` of which it is, in one option. In the data model the
/// address and the prefix are two parameters.
///
/// @param prefix whether it is the prefix
/// @param other the parameter of the other one
public record PrefixPart(boolean prefix, String other) {

    /// @return nothing where there is no such part; empty where it is none, or several
    Optional<String> shown(Optional<String> text) {
        String told = text.orElse("");
        int slash = told.indexOf('/');
        String address = slash < 0 ? told : told.substring(0, slash);
        if (!told.isEmpty() && !Family.ADDRESS.holds(address)) {
            return Optional.empty();
        }
        return Optional.of(prefix ? (slash < 0 ? "" : told) : address);
    }

    /// The option: the address with as many bits as the prefix has, or the whole prefix where there is no address.
    String written(String value, UnaryOperator<String> others) {
        String whole = prefix ? value : others.apply(other);
        String address = prefix ? others.apply(other) : value;
        int slash = whole.indexOf('/');
        if (slash < 0) {
            return address;
        }
        String first = address.isEmpty() || prefix ? whole.substring(0, slash) : address;
        if (first.contains(":") != whole.substring(0, slash).contains(":")) {
            throw new UspException(StandardErrorCode.INVALID_VALUE, "an address and a prefix of two families");
        }
        return first + whole.substring(slash);
    }
}
