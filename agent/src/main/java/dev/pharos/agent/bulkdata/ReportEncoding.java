// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.datamodel.instance.ObjectInstance;
import java.util.List;
import java.util.Optional;

/// How reports are written down.
sealed interface ReportEncoding permits JsonReports, CsvReports {

    /// With its character set, as Content-Type says it (R-BULK.7).
    String mediaType();

    /// The layout, as `BBF-Report-Format` says it (R-BULK.8).
    String reportFormat();

    /// All of them as one text, the oldest first.
    ///
    /// @param reports at least one
    String encode(List<Report> reports);

    /// As the profile says; empty where it does not say yet.
    static Optional<ReportEncoding> of(ObjectInstance profile) {
        return switch (profile.value("EncodingType").orElse("")) {
            case "JSON" -> profile.child("JSONEncoding").map(JsonReports::of);
            case "CSV" -> profile.child("CSVEncoding").map(CsvReports::of);
            default -> Optional.empty();
        };
    }
}
