// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.FirmwareStore.StoredImage;

/// A firmware image of the repository.
///
/// @param version as devices say it when the image runs
/// @param size in bytes
/// @param devices a query for those that it is meant for; empty for all
public record Firmware(
        long id,
        String name,
        String version,
        String fileName,
        long size,
        String sha256,
        String devices,
        String note,
        String uploaded,
        String uploadedBy) {

    public static Firmware of(StoredImage image) {
        return new Firmware(
                image.id(),
                image.name(),
                image.version(),
                image.fileName(),
                image.size(),
                image.sha256().toHex(),
                image.devices(),
                image.note(),
                image.uploaded().toString(),
                image.uploadedBy());
    }
}
