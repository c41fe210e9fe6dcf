// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.device.firmware.ImageFetch;
import dev.pharos.device.firmware.ImageOrder;
import dev.pharos.device.firmware.PartFile;
import dev.pharos.device.modules.DeploymentUnit.Source;
import dev.pharos.device.modules.DeploymentUnit.Wishes;
import dev.pharos.device.modules.unit.Archive;
import dev.pharos.device.modules.unit.Manifest;
import dev.pharos.device.modules.unit.ManifestReader;
import dev.pharos.device.modules.unit.UnitFormatException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Brings an archive onto the disk, unpacked.
record Delivery(ModulesConfig config, Places places) {

    /// @param operation which one needs it
    /// @param folder that it is unpacked into; is not there yet, and may be there in part where this fails
    /// @return what it says of itself
    /// @throws UspException with the fault code of what went wrong
    Manifest bring(CommandCall call, Source source, long operation, Wishes wishes, Path folder)
            throws IOException, InterruptedException {
        Path part = places.incoming(operation);
        try {
            fetch(order(call, source), part);
            long most = wishes.disk() < 0 ? Long.MAX_VALUE : wishes.disk() << 10;
            Archive.unpack(part, folder, most);
            if (Files.notExists(folder.resolve(Manifest.FILE))) {
                throw ModuleFault.MISMATCH.because("there is no " + Manifest.FILE + " at the top of the archive");
            }
            return ManifestReader.read(folder);
        } catch (UnitFormatException wrong) {
            ModuleFault fault = wrong.isTooLarge() ? ModuleFault.RESOURCES_EXCEEDED : ModuleFault.CORRUPT_DATA;
            throw fault.because(Objects.requireNonNullElse(wrong.getMessage(), "damaged"));
        } finally {
            Places.remove(part);
        }
    }

    private static ImageOrder order(CommandCall call, Source source) {
        return ImageOrder.of(new CommandCall(
                call.object(),
                call.command(),
                Map.of("URL", source.url(), "Username", source.username(), "Password", source.password())));
    }

    private void fetch(ImageOrder order, Path part) throws IOException, InterruptedException {
        try (PartFile file = open(part, order)) {
            ImageFetch fetch = file.fetching(order, config.trust(), config.patience());
            try {
                ImageFetch.Fetched _ = fetch.fetch();
            } catch (UspException failed) {
                throw fault(fetch.problem()).because(failed.fault().errMsg());
            }
        }
    }

    private static PartFile open(Path part, ImageOrder order) throws IOException {
        try {
            return PartFile.open(part, order);
        } catch (UspException full) {
            if (full.code() == StandardErrorCode.COMMAND_FAILURE) {
                throw ModuleFault.RESOURCES_EXCEEDED.because(full.fault().errMsg());
            }
            throw full;
        }
    }

    private static ModuleFault fault(ImageFetch.Problem problem) {
        return switch (problem) {
            case REFUSED -> ModuleFault.REQUEST_DENIED;
            case UNREACHABLE -> ModuleFault.SERVER_UNREACHABLE;
            case INSECURE -> ModuleFault.SERVER_INSECURE;
            case NO_ROOM -> ModuleFault.RESOURCES_EXCEEDED;
        };
    }
}
