// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import java.util.List;
import java.util.Set;

/// What a certificate is to say.
///
/// @param commonName for people; peers look at `names`
/// @param uses what peers may take it for
public record CertificateOrder(String commonName, List<SubjectName> names, Set<Use> uses, Validity validity) {
    /// In which role its owner shows it.
    public enum Use {
        SERVER,
        CLIENT
    }

    public CertificateOrder {
        names = List.copyOf(names);
        uses = Set.copyOf(uses);
    }
}
