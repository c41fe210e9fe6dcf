// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.server.store.ModuleStore.Needs;
import dev.pharos.server.store.ModuleStore.StoredModule;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// A software module of the catalogue.
///
/// @param vendor a domain name
/// @param uuid of the deployment unit that it becomes
/// @param size in bytes
/// @param signer who has signed it, as in their certificate; empty where nobody has
/// @param devices a query for those that it is meant for; empty for all
/// @param environment the type or the name of the execution environment that it needs; empty where any will do
/// @param architectures of which a device must have one; none: any
/// @param memory KiB that must be free; 0 where nothing is said
/// @param disk KiB that must be free; 0 where nothing is said
/// @param requires modules that must be installed: `NAME@VENDOR` or `NAME@VENDOR>=VERSION`
@Schema(name = "SoftwareModule")
public record ModuleView(
        long id,
        String name,
        String vendor,
        String version,
        String uuid,
        String fileName,
        long size,
        String sha256,
        String signer,
        String devices,
        String environment,
        List<String> architectures,
        long memory,
        long disk,
        List<String> requires,
        String note,
        String uploaded,
        String uploadedBy) {

    public static ModuleView of(StoredModule module) {
        StoredImage image = module.image();
        Needs needs = module.needs();
        return new ModuleView(
                image.id(),
                image.name(),
                module.vendor(),
                image.version(),
                module.uuid(),
                image.fileName(),
                image.size(),
                image.sha256().toHex(),
                module.signer(),
                image.devices(),
                needs.environment(),
                needs.architectures(),
                needs.memory(),
                needs.disk(),
                needs.dependencies(),
                image.note(),
                image.uploaded().toString(),
                image.uploadedBy());
    }
}
