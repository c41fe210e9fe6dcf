// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.swap;

import java.util.Optional;

/// Wi-Fi keys that somebody gives for the new router, since none can be read from the old one.
///
/// @param own of the network of the house, in every band
/// @param guests of the further ones
public record WifiKeys(Optional<String> own, Optional<String> guests) {
    public static final WifiKeys NONE = new WifiKeys(Optional.empty(), Optional.empty());

    /// Why a text is no key of WPA, as it continues "must"; empty where it is one. The text is not in it.
    public static Optional<String> wrong(String key) {
        boolean passphrase = key.length() >= Limits.SHORTEST_KEY
                && key.length() <= Limits.LONGEST_KEY
                && key.chars().allMatch(c -> c >= ' ' && c <= '~');
        return passphrase || key.matches("[0-9A-Fa-f]{" + Limits.KEY_DIGITS + "}")
                ? Optional.empty()
                : Optional.of("be " + Limits.SHORTEST_KEY + " to " + Limits.LONGEST_KEY
                        + " printable characters of ASCII, or " + Limits.KEY_DIGITS + " hexadecimal digits");
    }

    Optional<String> of(Router.Network network) {
        return network.number() == 1 ? own : guests;
    }

    /// Without the keys.
    @Override
    public String toString() {
        return "WifiKeys[own=" + own.isPresent() + ", guests=" + guests.isPresent() + "]";
    }
}
