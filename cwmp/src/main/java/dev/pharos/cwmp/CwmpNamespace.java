// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.util.Optional;

/// The XML namespace of CWMP's messages, `urn:dslforum-org:cwmp-1-N`. An answer is in the namespace of what it answers.
/// Devices also use numbers that no schema defines, such as 3 and 4; these mean what 2 means.
///
/// @param minor the N, 0 to 999
public record CwmpNamespace(int minor) {
    private static final String STEM = "urn:dslforum-org:cwmp-1-";
    private static final int MOST = 999;
    private static final int MOST_DIGITS = 3;

    public CwmpNamespace {
        if (minor < 0 || minor > MOST) {
            throw new IllegalArgumentException("no namespace of CWMP: 1-" + minor);
        }
    }

    public String uri() {
        return STEM + minor;
    }

    /// The namespace of this URI, empty where it is not one of CWMP.
    public static Optional<CwmpNamespace> of(String uri) {
        String number = uri.startsWith(STEM) ? uri.substring(STEM.length()) : "";
        if (number.isEmpty() || number.length() > MOST_DIGITS || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(new CwmpNamespace(Integer.parseInt(number)));
    }

    /// The oldest version that uses this namespace: what may be assumed of who says no more.
    public CwmpVersion version() {
        return switch (minor) {
            case 0 -> CwmpVersion.V1_0;
            case 1 -> CwmpVersion.V1_1;
            default -> CwmpVersion.V1_2;
        };
    }
}
