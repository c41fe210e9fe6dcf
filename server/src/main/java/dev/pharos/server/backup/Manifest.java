// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What is in a backup, as its last entry says it: a file without one broke off.
///
/// @param format 1
/// @param version of Pharos that wrote it
/// @param schema the newest migration of its database
/// @param partitions of what is kept by time
/// @param sequences the last number that each gave out
/// @param tables each an entry `tables/NAME`, the text of PostgreSQL's `COPY`
/// @param files each an entry `firmware/NAME`
record Manifest(
        int format,
        String version,
        int schema,
        Instant created,
        List<String> partitions,
        Map<String, Long> sequences,
        List<Table> tables,
        List<File> files) {
    static final int FORMAT = 1;
    static final String ENTRY = "manifest.json";
    static final String TABLES = "tables/";
    static final String FIRMWARE = "firmware/";

    /// @param sha256 of its text, in hexadecimal digits
    record Table(String name, List<String> columns, long rows, String sha256) {}

    /// @param sha256 of its content, in hexadecimal digits
    record File(String name, long size, String sha256) {}
}
