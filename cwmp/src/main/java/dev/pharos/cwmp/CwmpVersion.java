// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A version of CWMP, oldest first. Three of them share a namespace, so that the header elements
/// SupportedCWMPVersions and UseCWMPVersion tell them apart.
public enum CwmpVersion {
    V1_0("1.0", 0),
    V1_1("1.1", 1),
    V1_2("1.2", 2),
    V1_3("1.3", 2),
    V1_4("1.4", 2);

    private final String number;
    private final int namespaceMinor;

    CwmpVersion(String number, int namespaceMinor) {
        this.number = number;
        this.namespaceMinor = namespaceMinor;
    }

    /// As in the header, such as `1.4`.
    public String number() {
        return number;
    }

    /// The namespace in which messages of this version are written.
    public CwmpNamespace namespace() {
        return new CwmpNamespace(namespaceMinor);
    }

    /// The version of this number; what is not known is none.
    public static Optional<CwmpVersion> of(String number) {
        return Arrays.stream(values())
                .filter(version -> version.number.equals(number))
                .findFirst();
    }

    /// The newest of the versions that a CPE says to support, empty where none of them is known (fault 8006).
    public static Optional<CwmpVersion> newestOf(List<String> supported) {
        return supported.stream().flatMap(number -> of(number).stream()).max(CwmpVersion::compareTo);
    }
}
